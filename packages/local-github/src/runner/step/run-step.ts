import { runAction } from "../action/run-action.ts";
import { type Scope, withContexts } from "../expression/scope.ts";
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
  const scope = scopeOf(frame, step.id, {});
  const result = await attempt(frame, step, scope, onStart);
  const conclusion = result.outcome === "failure" && continues(frame, step, scope) ? "success" : result.outcome;
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

async function attempt(frame: Frame, step: StepModel, scope: Scope, onStart: (name: string) => void): Promise<Result> {
  const skipped: Result = { outcome: "skipped", outputs: {} };
  if (frame.end.aborted || frame.session.run.kill.aborted) return skipped;
  let started = false;
  try {
    if (!evaluateCondition(step.if, scope)) return skipped;
    started = true;
    onStart(stepName(step, scope));
    return await perform(frame, step, scope);
  } catch (error) {
    if (!started) onStart(stepName(step, scope));
    const message = error instanceof Error ? error.message : String(error);
    report(frame.session, frame.step.number, "failure", message);
    return { outcome: "failure", outputs: {} };
  }
}

async function perform(frame: Frame, step: StepModel, scope: Scope): Promise<Result> {
  const { session } = frame;
  const env = evaluateTexts(step.env, scope);
  const full = withContexts(scope, { env: { ...(scope.contexts.env as Record<string, string>), ...env } });
  const minutes = evaluateNode(step.timeout_minutes, full);
  const time_limit_ms = typeof minutes === "number" && minutes > 0 ? minutes * session.run.limits.minute_ms : null;
  const watch = watchStep(frame, () => evaluateCondition(step.if, scopeOf(frame, step.id, env)), time_limit_ms);
  try {
    const done: ProcessOutcome =
      step.uses === null
        ? await runScript(frame, step, full, env, watch.stop)
        : await runAction(frame, step, full, env, watch);
    if (watch.cause() === "timeout") {
      report(
        session,
        frame.step.number,
        "failure",
        `The action '${stepName(step, full)}' has timed out after ${String(minutes)} minutes.`,
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

function continues(frame: Frame, step: StepModel, scope: Scope): boolean {
  try {
    return evaluateNode(step.continue_on_error, scope) === true;
  } catch (error) {
    report(frame.session, frame.step.number, "failure", error instanceof Error ? error.message : String(error));
    return false;
  }
}
