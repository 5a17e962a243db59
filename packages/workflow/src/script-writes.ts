import { strongest, type Control, type Scope } from "./caller-control.ts";
import type { Job, SkillFile, Step } from "./read.ts";
import { shellWrites, type RunnerFile, type ShellWrite } from "./shell-writes.ts";
import type { Located } from "./source.ts";

/** What a step writes to the runner's files, and the script in which it does. */
export type StepWrites = { readonly script: Located<string>; readonly writes: readonly ShellWrite[] };

/** By its shell, by Python, or by actions/github-script. */
export function stepWrites(file: SkillFile, job: Job, step: Step, scope: Scope): StepWrites | undefined {
  if (step.run !== undefined) {
    const shell = (step.shell ?? job.default_shell ?? file.default_shell)?.value.trim() ?? "";
    const read = shell.startsWith("python") ? pythonWrites : shellWrites;
    return { script: step.run, writes: read(step.run.value, scope) };
  }
  if (step.uses?.value.toLowerCase().startsWith("actions/github-script@") !== true) return undefined;
  const script = step.with.find(({ key }) => key.value === "script")?.value;
  return script === undefined ? undefined : { script, writes: javaScriptWrites(script.value, scope) };
}

const javaScriptVariable = /process\.env(?:\.(\w+)|\[['"](\w+)['"]\])/g;
const pythonVariable = /os\.(?:environ(?:\.get)?|getenv)\s*[[(]\s*['"](\w+)['"]/g;

/** `core.exportVariable` writes its value between delimiters that nobody can guess: only its name is dangerous. */
function javaScriptWrites(script: string, scope: Scope): ShellWrite[] {
  if (!script.includes("core.") || scope.env.size === 0) return [];
  return readLines(script, scope, javaScriptVariable, /\b(?:const|let|var)\s+(\w+)\s*=(.*)$/, (line, controlIn) => {
    const call = /\bcore\.(exportVariable|addPath|setOutput)\(\s*(.*)$/.exec(line);
    if (call === null) return undefined;
    const [, method, given = ""] = call;
    if (method === "addPath") return { target: "GITHUB_PATH", name: undefined, control: controlIn(given) };
    const named = /^(['"`])([\w-]+)\1\s*,(.*)$/.exec(given);
    const target = method === "setOutput" ? "GITHUB_OUTPUT" : "GITHUB_ENV";
    return named === null
      ? { target, name: undefined, control: controlIn(given.split(",", 1)[0]!) }
      : { target, name: named[2]!, control: controlIn(named[3]!), fenced: true };
  });
}

function pythonWrites(script: string, scope: Scope): ShellWrite[] {
  if (!script.includes("GITHUB_") || scope.env.size === 0) return [];
  let target: RunnerFile | undefined;
  return readLines(script, scope, pythonVariable, /^\s*(\w+)\s*=(?!=)(.*)$/, (line, controlIn) => {
    const mentioned = /GITHUB_(?:ENV|PATH|OUTPUT)\b/.exec(line)?.[0];
    if (mentioned !== undefined) target = mentioned as RunnerFile;
    const written = /(?:\.write(?:lines)?\s*\(|\bprint\s*\(|\.write_text\s*\()(.*)$/.exec(line)?.[1];
    if (target === undefined || written === undefined || (/\bprint\s*\(/.test(line) && !line.includes("file=")))
      return undefined;
    return { target, name: /['"]([A-Za-z_][\w-]*)=/.exec(written)?.[1], control: controlIn(written) };
  });
}

type Write = Pick<ShellWrite, "target" | "name" | "fenced"> & { readonly control: Control | undefined };

function readLines(
  script: string,
  { env }: Scope,
  reference: RegExp,
  assignment: RegExp,
  read: (line: string, controlIn: (code: string) => Control | undefined) => Write | undefined,
): ShellWrite[] {
  const variables = new Map<string, Control>();
  const controlIn = (code: string) =>
    strongest([
      ...[...code.matchAll(reference)].map((match) => env.get((match[1] ?? match[2])!.toUpperCase())),
      ...[...variables].map(([name, control]) => (new RegExp(`\\b${name}\\b`).test(code) ? control : undefined)),
    ]);
  const writes: ShellWrite[] = [];
  let start = 0;
  for (const line of script.split("\n")) {
    const found = read(line, controlIn);
    if (found?.control !== undefined) {
      const indent = line.length - line.trimStart().length;
      writes.push({ ...found, control: found.control, start: start + indent, end: start + line.trimEnd().length });
    }
    const assigned = assignment.exec(line);
    const control = assigned === null ? undefined : controlIn(assigned[2]!);
    if (assigned !== null && control !== undefined) variables.set(assigned[1]!, control);
    start += line.length + 1;
  }
  return writes;
}
