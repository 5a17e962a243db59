import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Outcome } from "@infraskill/github/outcome";
import { describeFailure, waitAfter } from "@infraskill/github/waiting";
import { z } from "zod";

/** What GitHub tells about a run it was asked to start. */
const RunDetails = z.object({ workflow_run_id: z.number().int(), html_url: z.string().max(2_000) });

/**
 * What came of the one request that starts a run.
 * @param sent false when the request surely never left this process
 * @param workflow_missing whether the repository answers but does not know the workflow, asked only after a 404
 */
export function interpretDispatch(
  outcome: Outcome<unknown>,
  { sent, workflow_missing }: { sent: boolean; workflow_missing: boolean },
): ExecutionEvent {
  if (outcome.kind === "ok") {
    const details = RunDetails.safeParse(outcome.data);
    if (!details.success)
      return { type: "dispatch_unknown", detail: "GitHub took the dispatch without naming its run." };
    return { type: "dispatched", run_id: details.data.workflow_run_id, run_url: details.data.html_url };
  }
  const detail = describeFailure("Dispatching", outcome);
  if (outcome.kind === "unknown") {
    if (sent) return { type: "dispatch_unknown", detail };
    return { type: "dispatch_postponed", detail: "Held back too long before it could be sent.", wait_ms: HELD_BACK_MS };
  }
  const wait_ms = waitAfter(outcome);
  if (wait_ms === undefined || (outcome.kind === "refused" && outcome.status === 404 && workflow_missing)) {
    return { type: "dispatch_refused", detail };
  }
  return { type: "dispatch_postponed", detail, wait_ms };
}

/** Others wait for their turn as well. */
const HELD_BACK_MS = 1_000;

/** A GitHub Enterprise Server before 3.21 does not know `return_run_details` and refuses it by name; nothing was started then. */
export function refusesRunDetails(outcome: Outcome<unknown>): boolean {
  return (
    outcome.kind === "refused" &&
    (outcome.status === 400 || outcome.status === 422) &&
    outcome.message.includes("return_run_details")
  );
}
