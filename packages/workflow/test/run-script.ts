import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type ScriptRun = { status: number | null; output: string; outputs: Record<string, string>; commands: string[] };

/**
 * Runs a step's script as GitHub's runner does: `bash --noprofile --norc -eo pipefail` on a file, with nothing of this process's environment but PATH.
 * `commands` are the command lines of the programs that the script started, as another process on the machine could see them.
 */
export async function runScript(script: string, env: Record<string, string>): Promise<ScriptRun> {
  const directory = await mkdtemp(join(tmpdir(), "infraskill-script-"));
  try {
    const [file, outputFile, traceFile] = ["step.sh", "output", "trace"].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(file, script);
    await writeFile(outputFile, "");
    await writeFile(traceFile, "");
    // A curl in front of the real one that notes its arguments.
    const wrapper = `#!/bin/bash\nprintf '%s\\n' "$*" >> "${traceFile}"\nPATH="\${PATH#*:}" exec curl "$@"\n`;
    await writeFile(join(directory, "curl"), wrapper, { mode: 0o755 });
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
      cwd: directory,
      env: { PATH: `${directory}:${process.env["PATH"]}`, HOME: directory, GITHUB_OUTPUT: outputFile, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (data: Buffer) => (output += data.toString()));
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    const status = await new Promise<number | null>((resolve, reject) =>
      child.on("error", reject).on("close", resolve),
    );
    const outputs = (await readFile(outputFile, "utf8")).split("\n").filter((line) => line.includes("="));
    return {
      status,
      output,
      outputs: Object.fromEntries(
        outputs.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
      ),
      commands: (await readFile(traceFile, "utf8")).split("\n").filter((line) => line !== ""),
    };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
