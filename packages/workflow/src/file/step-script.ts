import { claimScripts, reportScripts } from "../skill/contract-scripts.ts";
import type { Job, SkillFile, Step } from "./read.ts";
import type { Located } from "./source.ts";

/** What a step runs that stands in the file itself. */
type StepScript = {
  readonly script: Located<string>;
  /** Undefined for a shell that is not known. */
  readonly language: ScriptLanguage | undefined;
};
export type ScriptLanguage = "bash" | "sh" | "PowerShell" | "cmd" | "Python" | "Perl" | "JavaScript";

/**
 * Its `run`, in the shell that the file names and without one in bash, or the script of actions/github-script. None for infraskill's own scripts of claim and
 * report, of which it is known what they do.
 */
export function stepScript(file: SkillFile, job: Job, step: Step): StepScript | undefined {
  if (!known.has(step)) known.set(step, scriptOf(file, job, step));
  return known.get(step);
}

/** Nearly every rule asks. */
const known = new WeakMap<Step, StepScript | undefined>();

function scriptOf(file: SkillFile, job: Job, step: Step): StepScript | undefined {
  if (step.run !== undefined) {
    if (ownScripts.has(step.run.value.trimEnd())) return undefined;
    const shell = (step.shell ?? job.default_shell ?? file.default_shell)?.value.trim() ?? "bash";
    return { script: step.run, language: languages.find(([name]) => name.test(shell))?.[1] };
  }
  if (step.uses?.value.toLowerCase().startsWith("actions/github-script@") !== true) return undefined;
  const script = step.with.find(({ key }) => key.value === "script")?.value;
  return script === undefined ? undefined : { script, language: "JavaScript" };
}

/** Whether its shell goes on behind a command that failed; GitHub's own are `bash -e` and `sh -e`. */
export function survivesFailure(file: SkillFile, job: Job, step: Step): boolean {
  const shell = (step.shell ?? job.default_shell ?? file.default_shell)?.value.trim() ?? "bash";
  return /\s/.test(shell) && !/\s-(?:\w*e\w*\b|\w*o\s+errexit\b)/.test(shell);
}

const ownScripts: ReadonlySet<string> = new Set(
  [claimScripts, reportScripts].flatMap((scripts) => Object.values(scripts).map((script) => script.trimEnd())),
);

const languages: readonly (readonly [shell: RegExp, language: ScriptLanguage])[] = [
  [/^(?:\/\S*\/)?bash(?:\s|$)/, "bash"],
  [/^(?:\/\S*\/)?sh(?:\s|$)/, "sh"],
  [/^(?:pwsh|powershell)\b/, "PowerShell"],
  [/^cmd\b/, "cmd"],
  [/^python/, "Python"],
  [/^perl\b/, "Perl"],
  [/^node\b/, "JavaScript"],
];
