import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import { deadlines } from "@infraskill/contracts/owed";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";
import type { Found } from "../runs/find-run.ts";
import { lookUpWait } from "../runs/waits.ts";

type Looking = Pick<ExecutionWork, "now" | "created_at" | "dispatch_started_at" | "look_up_until">;

/**
 * What a look-up means for an execution whose dispatch may have started a run. Only a list that was really read, after the window has passed, says
 * that there is none: a look-up that failed says nothing, however late it is.
 */
export function decideLookUp(found: Found, work: Looking): ExecutionEvent {
  if (found.kind === "found") return { type: "run_found", run: found.run };
  const now = Date.parse(work.now);
  const started = Date.parse(work.dispatch_started_at ?? work.created_at);
  const wait_ms = lookUpWait(now - started);
  if (found.kind !== "none") {
    return { type: "looked", wait_ms: Math.max(wait_ms, waitAfter(found) ?? UNTIL_REPAIRED_MS) };
  }
  return windowOpen(work) ? { type: "looked", wait_ms } : { type: "run_missing" };
}

/** Whether a run that was not found yet may still show up. */
function windowOpen({ now, created_at, dispatch_started_at, look_up_until }: Looking): boolean {
  const until =
    look_up_until === null
      ? Date.parse(dispatch_started_at ?? created_at) + deadlines.look_up_ms
      : Date.parse(look_up_until);
  return Date.parse(now) < until;
}
