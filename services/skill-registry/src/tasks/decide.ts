import type { ExecutionStatus } from "@infraskill/contracts/execution-machine";
import type { StepEventName, StepStatus, TaskStatus } from "@infraskill/contracts/task-machine";

export type StepState = { readonly index: number; readonly finally: boolean; readonly status: StepStatus };

/** What a running task does next: steps to skip, then a step to start, or the end; neither while a step is running. */
export type Move = { skip: number[]; start?: number; end?: Exclude<TaskStatus, "running"> };

/**
 * Pure: the steps as they are. Steps run in order; one that did not succeed, or a cancel, ends the sequence at once and later steps are skipped.
 * Steps of `finally` run after that whatever happened, each although the one before failed.
 */
export function decideMove(steps: readonly StepState[], cancel_requested: boolean): Move {
  const sequence = steps.filter((step) => !step.finally);
  const broken = cancel_requested || sequence.some(({ status }) => status === "failed" || status === "cancelled");
  const pending = sequence.filter(({ status }) => status === "pending");
  const skip = broken ? pending.map(({ index }) => index) : [];
  if (steps.some(({ status }) => status === "running")) return { skip };
  const next = (broken ? undefined : pending[0]) ?? steps.find((step) => step.finally && step.status === "pending");
  return next === undefined ? { skip, end: endOf(steps, cancel_requested) } : { skip, start: next.index };
}

/** How a step ends with its execution; undefined while that goes on. */
export function stepEventOf(status: ExecutionStatus): StepEventName | undefined {
  switch (status) {
    case "succeeded":
      return "succeeded";
    case "failed":
    case "timed_out":
      return "failed";
    case "cancelled":
      return "cancelled";
    case "queued":
    case "dispatching":
    case "running":
    case "cancelling":
      return undefined;
  }
}

/** The steps that a cancel skips: what is left of the sequence, or of `finally` once that has begun. */
export function skippedByCancel(steps: readonly StepState[]): number[] {
  const in_finally = steps.some((step) => step.finally && step.status === "running");
  return steps.filter((step) => step.finally === in_finally && step.status === "pending").map(({ index }) => index);
}

/**
 * The steps that run again when a failed task is resumed: those of the sequence from the failed one on, and then all of `finally`; where only
 * `finally` failed, its steps that did not succeed.
 */
export function resumedSteps(steps: readonly StepState[]): number[] {
  const again = steps.filter(({ status }) => status !== "succeeded");
  const sequence = again.filter((step) => !step.finally);
  const rest = sequence.length === 0 ? again : steps.filter((step) => step.finally);
  return [...sequence, ...rest].map(({ index }) => index);
}

function endOf(steps: readonly StepState[], cancel_requested: boolean): Exclude<TaskStatus, "running"> {
  if (steps.every(({ status }) => status === "succeeded")) return "succeeded";
  if (steps.some(({ status }) => status === "failed")) return "failed";
  return cancel_requested ? "cancelled" : "failed";
}
