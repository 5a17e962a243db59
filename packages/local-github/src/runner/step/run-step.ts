import { runAction } from "../action/run-action.ts";
import type { Scope } from "../expression/scope.ts";
import { evaluateCondition, evaluateNode, evaluateTexts, interpolate, textOf } from "../expression/template.ts";
import type { StepConclusion } from "../types.ts";
import type { StepModel } from "../workflow/model.ts";
import { type Frame, scopeOf } from "./frame.ts";
import { report } from "./report.ts";
import type { ProcessOutcome } from "./run-process.ts";
import { runScript } from "./run-script.ts";
import { watchStep } from "./watch.ts";

/**
 * Runs one step of a job or of a composite action, start to end: condition, environment, time limit, the work itself,
 * continue-on-error. Puts the result into the frame's `steps` context and status.
 * @param onStart called with the step's final name once its condition holds
 * @returns the conclusion; `skipped` where the condition does not hold
 */
export async function runStep(frame: Frame, step: StepModel, onStart: (name: string) => void): Promise<StepConclusion> {
  const result = await attempt(frame, step, onStart);
  const conclusion = result.outcome === "failure" && continues(frame, step) ? "success" : result.outcome;
  frame.steps = { ...frame.steps, [step.id]: { outputs: result.outputs, outcome: result.outcome, conclusion } };
  if (conclusion === "failure") frame.status = "failure";
  return conclusion;
}

/** The name GitHub shows for a step. */
export function stepName(step: StepModel, scope: Scope): string {
  const named = step.name === undefined || step.name === null ? "" : textOf(step.name);
  const given = named === "" ? `Run ${step.uses ?? (step.run ?? "").trimStart().split("\n")[0] ?? ""}` : named;
  try {
    return interpolate(given, scope);
  } catch {
    return given;
  }
}

type Result = { readonly outcome: StepConclusion; readonly outputs: Record<string, string> };

async function attempt(frame: Frame, step: StepModel, onStart: (name: string) => void): Promise<Result> {
  const skipped: Result = { outcome: "skipped", outputs: {} };
  if (frame.end.aborted || frame.session.run.kill.aborted) return skipped;
  let name: string | null = null;
  const start = (scope: Scope): void => {
    name = stepName(step, scope);
    onStart(name);
  };
  try {
    // A step's own `env` is there for its condition already.
    const env = evaluateTexts(step.env, scopeOf(frame, step.id, {}));
    const scope = scopeOf(frame, step.id, env);
    if (!evaluateCondition(step.if, scope)) return skipped;
    start(scope);
    return await perform(frame, step, scope, env);
  } catch (error) {
    if (name === null) start(scopeOf(frame, step.id, {}));
    report(frame.session, frame.step.number, "failure", messageOf(error));
    return { outcome: "failure", outputs: {} };
  }
}

async function perform(
  frame: Frame,
  step: StepModel,
  scope: Scope,
  env: Readonly<Record<string, string>>,
): Promise<Result> {
  const { session } = frame;
  const minutes = evaluateNode(step.timeout_minutes, scope);
  const time_limit_ms = typeof minutes === "number" && minutes > 0 ? minutes * session.run.limits.minute_ms : null;
  const watch = watchStep(frame, () => evaluateCondition(step.if, scopeOf(frame, step.id, env)), time_limit_ms);
  try {
    const done: ProcessOutcome =
      step.uses === null
        ? await runScript(frame, step, scope, env, watch.stop)
        : await runAction(frame, step, scope, env, watch);
    if (watch.cause() === "timeout") {
      report(
        session,
        frame.step.number,
        "failure",
        `The action '${stepName(step, scope)}' has timed out after ${String(minutes)} minutes.`,
      );
      return { outcome: "failure", outputs: done.outputs };
    }
    if (watch.cause() === "cancel" && done.outcome === "failure") {
      report(session, frame.step.number, "failure", "The operation was canceled.");
      return { outcome: "cancelled", outputs: done.outputs };
    }
    return done;
  } finally {
    watch.dispose();
  }
}

function continues(frame: Frame, step: StepModel): boolean {
  if (step.continue_on_error === undefined) return false;
  try {
    return evaluateNode(step.continue_on_error, scopeOf(frame, step.id, {})) === true;
  } catch (error) {
    report(frame.session, frame.step.number, "failure", messageOf(error));
    return false;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
