import { evaluateNode } from "../expression/template.ts";
import { report } from "../step/report.ts";
import type { PlannedJob } from "./planned-job.ts";
import type { JobSession } from "./session.ts";

/**
 * After `timeout-minutes` the job is cancelled; after a cancel `always()` steps have a while, then it is over.
 * @returns puts the clocks away
 */
export function limitTime(session: JobSession, job: PlannedJob): () => void {
  const { limits } = session.run;
  const { cancel, end } = session;
  const minutes = jobMinutes(job, limits.job_timeout_minutes);
  const timers = [
    setTimeout(
      () => {
        report(session, 1, "failure", `The job has exceeded the maximum execution time of ${minutes}m0s`);
        cancel.abort();
      },
      Math.min(minutes * limits.minute_ms, longest_timer_ms),
    ),
  ];
  const onCancel = (): void => {
    timers.push(setTimeout(() => end.abort(), limits.cancel_timeout_ms));
  };
  if (cancel.signal.aborted) onCancel();
  else cancel.signal.addEventListener("abort", onCancel, { once: true });
  return () => {
    cancel.signal.removeEventListener("abort", onCancel);
    for (const timer of timers) clearTimeout(timer);
  };
}

/** setTimeout takes no more. */
const longest_timer_ms = 2 ** 31 - 1;

function jobMinutes(job: PlannedJob, otherwise: number): number {
  try {
    const minutes = evaluateNode(job.model.timeout_minutes, job.scope);
    return typeof minutes === "number" && minutes > 0 ? minutes : otherwise;
  } catch {
    return otherwise;
  }
}
