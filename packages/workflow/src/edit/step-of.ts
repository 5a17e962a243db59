import type { Step, Variable } from "../file/read.ts";
import type { SkillStep } from "../skill/definition.ts";

/** A step of a file as what it would be generated from. Settings that are expressions are left out, they are the file's own. */
export function stepOf(step: Step): SkillStep {
  const settings = {
    id: step.id?.value,
    name: step.name?.value,
    if: step.if?.value,
    continue_on_error: step.continue_on_error?.value === true ? true : undefined,
    timeout_minutes: typeof step.timeout_minutes?.value === "number" ? step.timeout_minutes.value : undefined,
    env: toRecord(step.env),
  };
  if (step.uses !== undefined) return { ...settings, uses: step.uses.value, with: toRecord(step.with) };
  return {
    ...settings,
    run: step.run?.value ?? "",
    shell: step.shell?.value,
    working_directory: step.working_directory?.value,
  };
}

function toRecord(variables: readonly Variable[]): Record<string, string> | undefined {
  if (variables.length === 0) return undefined;
  return Object.fromEntries(variables.map(({ key, value }) => [key.value, value.value]));
}
