import { evaluateTexts } from "../expression/template.ts";
import { type ActionPlace, type Frame, scopeOf } from "../step/frame.ts";
import type { ProcessOutcome } from "../step/run-process.ts";
import type { StepWatch } from "../step/watch.ts";
import type { StepModel } from "../workflow/model.ts";
import type { ActionDefinition } from "./definition.ts";

const max_depth = 10;

/** Runs a composite action's steps with inputs, steps and status of their own, in the log of the calling step. */
export async function runComposite(
  outer: Frame,
  call: {
    readonly definition: ActionDefinition;
    readonly steps: readonly StepModel[];
    readonly place: ActionPlace;
    readonly inputs: Readonly<Record<string, string>>;
    readonly env: Readonly<Record<string, string>>;
    readonly watch: StepWatch;
  },
): Promise<ProcessOutcome> {
  if (outer.depth >= max_depth) throw new Error(`Composite actions are nested more than ${max_depth} deep`);
  const frame: Frame = {
    ...outer,
    depth: outer.depth + 1,
    inputs: call.inputs,
    action: call.place,
    env: { ...outer.env, ...call.env },
    cancel: call.watch.stop,
    end: call.watch.end,
    steps: {},
    status: "success",
  };
  for (const step of call.steps) await frame.runStep(frame, step, () => undefined);
  const outputs = evaluateTexts(call.definition.outputs, scopeOf(frame, "", {}));
  // A cancelled inner step has not failed, but its caller has to know that it did not come to its end.
  const cancelled = Object.values(frame.steps).some((step) => step.conclusion === "cancelled");
  return { outcome: frame.status === "failure" || cancelled ? "failure" : "success", outputs, state: {} };
}
