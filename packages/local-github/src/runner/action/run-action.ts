import type { Scope } from "../expression/scope.ts";
import type { Frame } from "../step/frame.ts";
import type { ProcessOutcome } from "../step/run-process.ts";
import type { StepWatch } from "../step/watch.ts";
import type { StepModel } from "../workflow/model.ts";

/** A `uses:` step. */
export function runAction(
  _frame: Frame,
  step: StepModel,
  _scope: Scope,
  _env: Readonly<Record<string, string>>,
  _watch: StepWatch,
): Promise<ProcessOutcome> {
  return Promise.reject(new Error(`Unable to resolve action \`${step.uses ?? ""}\``));
}
