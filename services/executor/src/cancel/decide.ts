import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";

import { decideLookUp } from "../dispatch/decide-look-up.ts";
import type { Found } from "../runs/find-run.ts";

export type CancelStep =
  /** GitHub was never asked to run it. */
  | "tell_never_ran"
  /** It may have been: find its run. */
  | "look_up"
  | "ask"
  /** Asked already: see whether the run has ended. */
  | "watch";

export function decideCancel(
  work: Pick<ExecutionWork, "github_run_id" | "dispatch_started_at" | "cancel_sent">,
): CancelStep {
  if (work.github_run_id !== null) return work.cancel_sent ? "watch" : "ask";
  return work.dispatch_started_at === null ? "tell_never_ran" : "look_up";
}

/** What it means for a cancel that a run was found or not. A run that comes up later cannot claim the execution (reliability.md, fact 2). */
export function decideLostRun(found: Found, work: Parameters<typeof decideLookUp>[1]): ExecutionEvent {
  const event = decideLookUp(found, work);
  return event.type === "run_missing" ? { type: "never_ran" } : event;
}

/** Whether a run that was asked to end has had its time, `always()` steps included. */
export function shouldForce({ now, force_cancel_at }: Pick<ExecutionWork, "now" | "force_cancel_at">): boolean {
  return force_cancel_at !== null && Date.parse(now) > Date.parse(force_cancel_at);
}
