import type { JobRun } from "@infraskill/contracts/execution";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { Download } from "@infraskill/github/download";
import type { Outcome } from "@infraskill/github/outcome";
import { describeFailure, UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";

/** GitHub publishes a job's log shortly after the job; one that is not there by then has none. */
const PUBLISHED_WITHIN_MS = 10 * 60_000;
/** This long after the execution's end, logs that GitHub keeps back (a permission, an outage) are given up. */
const GIVE_UP_MS = 24 * 60 * 60_000;
const AGAIN_MS = 5_000;

type Ended = Pick<ExecutionWork, "now" | "completed_at">;
export type LogVerdict = { download: Download } | { none: true } | { wait_ms: number; detail: string };

/** Whether a job can have a log at all: skipped ones, and those no runner took, have none. */
export function hasLog({ conclusion, started_at }: JobRun): boolean {
  return conclusion !== "skipped" && started_at !== null;
}

/** A job that GitHub still shows as going on is waited for: its log is not whole, and an execution that timed out holds its slot so long. */
export function mustEndFirst({ status }: JobRun, work: Ended): boolean {
  return status !== "completed" && !isGivenUp(work);
}

/** How long until a job that goes on after the execution's end is looked at again. */
export function unfinishedWait({ now, completed_at }: Ended): number {
  const since_ms = Date.parse(now) - Date.parse(completed_at ?? now);
  return Math.min(Math.max(since_ms / 10, 5_000), 60_000);
}

/** What the answer to the request for one job's log means. */
export function judgeLog(outcome: Outcome<Download>, job: JobRun, work: Ended): LogVerdict {
  if (outcome.kind === "ok") return { download: outcome.data };
  const detail = describeFailure(`Reading the log of ${job.name}`, outcome);
  if (outcome.kind === "refused" && outcome.status === 410) return { none: true };
  if (outcome.kind === "refused" && outcome.status === 404) {
    const ended = Date.parse(job.completed_at ?? work.now);
    return Date.parse(work.now) - ended > PUBLISHED_WITHIN_MS ? { none: true } : { wait_ms: AGAIN_MS, detail };
  }
  return isGivenUp(work) ? { none: true } : { wait_ms: waitAfter(outcome) ?? UNTIL_REPAIRED_MS, detail };
}

function isGivenUp({ now, completed_at }: Ended): boolean {
  return completed_at !== null && Date.parse(now) - Date.parse(completed_at) > GIVE_UP_MS;
}
