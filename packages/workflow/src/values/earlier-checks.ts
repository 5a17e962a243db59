import { anyChars, type Charset } from "../chars/charset.ts";
import type { Job, SkillFile, Step, Variable } from "../file/read.ts";
import { stepScript, survivesFailure } from "../file/step-script.ts";
import { powershellGuards } from "../guards/powershell-guards.ts";
import { guardsIn } from "../guards/shell-guards.ts";

/** Of values, as the file writes them (`${{ inputs.x }}`), the characters that steps have left which end the job otherwise. */
export type EarlierChecks = ReadonlyMap<string, Charset>;

/** With what a step has checked, for the steps behind it. A step that may be left out, or may fail, checks nothing. */
export function withChecksOf(file: SkillFile, job: Job, step: Step, before: EarlierChecks): EarlierChecks {
  const { script, language } = stepScript(file, job, step) ?? {};
  const may_fail = step.continue_on_error !== undefined && step.continue_on_error.value !== false;
  if (script === undefined || step.if !== undefined || may_fail) return before;
  if (language !== "bash" && language !== "sh" && language !== "PowerShell") return before;
  const checkable = declaredFor(file, job, step).filter(({ key }) => script.value.includes(key.value));
  if (checkable.length === 0) return before;
  const guards =
    language === "PowerShell"
      ? powershellGuards(script.value)
      : guardsIn(script.value, !survivesFailure(file, job, step));
  const checks = new Map(before);
  for (const { key, value } of checkable) {
    const left = guards.charsAfter(key.value);
    const text = textOf(value.value);
    if (left !== anyChars) checks.set(text, (checks.get(text) ?? anyChars) & left);
  }
  return checks.size === before.size ? before : checks;
}

/** What earlier steps have left of a value. */
export function leftOf({ value }: Variable, checks: EarlierChecks): Charset {
  return checks.size === 0 ? anyChars : (checks.get(textOf(value.value)) ?? anyChars);
}

/** The variables of a step that hold what the file gives them: not those that an earlier step may have written anew. */
function declaredFor(file: SkillFile, job: Job, step: Step): readonly Variable[] {
  const earlier = job.steps.slice(0, job.steps.indexOf(step));
  const rewritten = earlier.some(({ run, uses }) => uses !== undefined || run?.value.includes("GITHUB_ENV") === true);
  const declared = new Map<string, Variable>();
  for (const variable of [...(rewritten ? [] : [...file.env, ...job.env]), ...step.env])
    declared.set(variable.key.value, variable);
  return [...declared.values()].filter(({ value }) => isConstant(value.value));
}

/** Of expressions those whose value does not change from step to step. */
function isConstant(text: string): boolean {
  return /^\s*\$\{\{\s*(?:inputs|github\.event\.inputs)[.[][^{}]*\}\}\s*$/.test(text) && !/[(&|]/.test(text);
}

function textOf(value: string): string {
  return value.replaceAll(/\s+/g, "");
}
