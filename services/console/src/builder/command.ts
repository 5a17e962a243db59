import type { SkillStep } from "@infraskill/workflow/skill/definition";
import type { Step } from "@infraskill/workflow/file/read";
import { usedIn } from "./variables.ts";

/** A shell step as the fields of its dialog hold it. */
export type Command = {
  readonly run: string;
  readonly name: string;
  readonly directory: string;
  readonly condition: string;
  readonly timeout: string;
  readonly goOn: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly shell: string | undefined;
};

export function commandOf(step: SkillStep | undefined): Command {
  const script = step !== undefined && "run" in step ? step : undefined;
  return {
    run: (script?.run ?? "").replace(/\n$/, ""),
    name: step?.name ?? "",
    directory: script?.working_directory ?? "",
    condition: step?.if ?? "",
    timeout: step?.timeout_minutes === undefined ? "" : String(step.timeout_minutes),
    goOn: step?.continue_on_error === true,
    env: step?.env ?? {},
    shell: script?.shell,
  };
}

/** The step that the fields say; empty ones and variables that the script does not use are left out. */
export function stepFrom({ timeout, goOn, shell, ...command }: Command, id: string): SkillStep {
  const [name, condition, directory] = [command.name, command.condition, command.directory].map((text) => text.trim());
  const env = usedIn(command.run, command.env);
  return {
    id,
    ...(name === "" ? {} : { name }),
    ...(condition === "" ? {} : { if: condition }),
    ...(goOn ? { continue_on_error: true } : {}),
    ...(timeout === "" || !timeoutFits(timeout) ? {} : { timeout_minutes: Number(timeout) }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...(shell === undefined ? {} : { shell }),
    ...(directory === "" ? {} : { working_directory: directory }),
    run: command.run,
  };
}

/** Empty, or a whole number of minutes that GitHub takes. */
export function timeoutFits(timeout: string): boolean {
  const minutes = Number(timeout);
  return timeout === "" || (Number.isInteger(minutes) && minutes >= 1 && minutes <= 360);
}

export function freeId(steps: readonly Step[]): string {
  const taken = new Set(steps.flatMap(({ id }) => id?.value ?? []));
  for (let number = steps.length + 1; ; number++) if (!taken.has(`step${number}`)) return `step${number}`;
}
