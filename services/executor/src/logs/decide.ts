import type { JobRun } from "@infraskill/contracts/execution";
import { deadlines } from "@infraskill/contracts/owed";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { Download } from "@infraskill/github/download";
import type { Outcome } from "@infraskill/github/outcome";
import { describeFailure, UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";

/** GitHub publishes a job's log shortly after the job; one that is not there by then has none. */
const PUBLISHED_WITHIN_MS = 10 * 60_000;
/** After this, logs that GitHub keeps back (a permission, an outage) are given up. */
const GIVE_UP_MS = deadlines.until_finished_ms + 60 * 60_000;
const AGAIN_MS = 5_000;

export type LogVerdict = { download: Download } | { none: true } | { wait_ms: number; detail: string };

/** Whether a job can have a log at all: skipped ones, and those no runner took, have none. */
export function hasLog({ conclusion, started_at }: JobRun): boolean {
  return conclusion !== "skipped" && started_at !== null;
}

/** A job that GitHub still shows as going on; waited for, unless infraskill itself has stopped waiting for the run. */
export function mustEndFirst({ status }: JobRun, work: Pick<ExecutionWork, "status" | "now" | "created_at">): boolean {
  return status !== "completed" && work.status !== "timed_out" && !isGivenUp(work);
}

/** What the answer to the request for one job's log means. */
export function judgeLog(
  outcome: Outcome<Download>,
  job: JobRun,
  work: Pick<ExecutionWork, "now" | "created_at">,
): LogVerdict {
  if (outcome.kind === "ok") return { download: outcome.data };
  const detail = describeFailure(`Reading the log of ${job.name}`, outcome);
  if (outcome.kind === "refused" && outcome.status === 410) return { none: true };
  if (outcome.kind === "refused" && outcome.status === 404) {
    const ended = Date.parse(job.completed_at ?? work.now);
    return Date.parse(work.now) - ended > PUBLISHED_WITHIN_MS ? { none: true } : { wait_ms: AGAIN_MS, detail };
  }
  return isGivenUp(work) ? { none: true } : { wait_ms: waitAfter(outcome) ?? UNTIL_REPAIRED_MS, detail };
}

function isGivenUp({ now, created_at }: Pick<ExecutionWork, "now" | "created_at">): boolean {
  return Date.parse(now) - Date.parse(created_at) > GIVE_UP_MS;
}
