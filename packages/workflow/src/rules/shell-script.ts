import type { Job, SkillFile, Step } from "../file/read.ts";
import { placeInScript } from "../file/script-place.ts";
import type { Place } from "../file/source.ts";
import { stepScript } from "../file/step-script.ts";
import type { Scope } from "../values/control.ts";
import { stepScope } from "../values/scopes.ts";

/** A script of a step, what is known about values there, and where in the file a stretch of it stands. */
export type ShellScript = {
  readonly text: string;
  readonly scope: Scope;
  readonly placeOf: (stretch: { readonly start: number; readonly end: number }) => Place;
};

/** That of a step whose shell is sh or bash. */
export function shellScript(file: SkillFile, job: Job, step: Step): ShellScript | undefined {
  const { script, language } = stepScript(file, job, step) ?? {};
  if (script === undefined || (language !== "bash" && language !== "sh")) return undefined;
  return {
    text: script.value,
    scope: stepScope(file, job, step),
    placeOf: ({ start, end }) => placeInScript(file.source, script, start, end),
  };
}
