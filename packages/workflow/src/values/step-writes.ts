import type { Job, SkillFile, Step } from "../file/read.ts";
import type { Located } from "../file/source.ts";
import { stepScript, type ScriptLanguage } from "../file/step-script.ts";
import type { Control, Scope } from "./control.ts";
import { mayHoldValues } from "./event-file.ts";
import { valuesInPowerShell } from "./in-powershell.ts";
import { javaScript, type Language, type ProgramLine, programLines, python } from "./in-programs.ts";
import { shellWrites, type RunnerFile, type ShellWrite } from "./shell-writes.ts";

/** What a step writes to the runner's files, and the script in which it does. */
type StepWrites = { readonly script: Located<string>; readonly writes: readonly ShellWrite[] };

/** By its shell, by Python, or by actions/github-script. */
export function stepWrites(file: SkillFile, job: Job, step: Step, scope: Scope): StepWrites | undefined {
  const { script, language } = stepScript(file, job, step) ?? {};
  if (script === undefined) return undefined;
  const read = readers[language ?? "bash"] ?? shellWrites;
  return { script, writes: read(script.value, scope) };
}

const readers: Partial<Record<ScriptLanguage, (script: string, scope: Scope) => ShellWrite[]>> = {
  Python: pythonWrites,
  JavaScript: javaScriptWrites,
  PowerShell: (script, scope) => shellWrites(script, scope, valuesInPowerShell),
};

/** `core.exportVariable` writes its value between delimiters that nobody can guess: only its name is dangerous. */
function javaScriptWrites(script: string, scope: Scope): ShellWrite[] {
  if (!script.includes("core.")) return [];
  return readWrites(script, scope, javaScript, (line, controlIn) => {
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
  if (!script.includes("GITHUB_") || !mayHoldValues(script, scope)) return [];
  let target: RunnerFile | undefined;
  return readWrites(script, scope, python, (line, controlIn) => {
    const mentioned = /GITHUB_(?:ENV|PATH|OUTPUT)\b/.exec(line)?.[0];
    if (mentioned !== undefined) target = mentioned as RunnerFile;
    const written = /(?:\.write(?:lines)?\s*\(|\bprint\s*\(|\.write_text\s*\()(.*)$/.exec(line)?.[1];
    if (target === undefined || written === undefined || (/\bprint\s*\(/.test(line) && !line.includes("file=")))
      return undefined;
    return { target, name: /['"]([A-Za-z_][\w-]*)=/.exec(written)?.[1], control: controlIn(written) };
  });
}

type Write = Pick<ShellWrite, "target" | "name" | "fenced"> & { readonly control: Control | undefined };

function readWrites(
  script: string,
  scope: Scope,
  language: Language,
  read: (line: string, controlIn: ProgramLine["controlIn"]) => Write | undefined,
): ShellWrite[] {
  const writes: ShellWrite[] = [];
  for (const { text, controlIn, start, end } of programLines(script, scope, language)) {
    const found = read(text, controlIn);
    if (found?.control !== undefined) writes.push({ ...found, control: found.control, start, end });
  }
  return writes;
}
