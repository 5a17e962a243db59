import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { readLog } from "./read-log.ts";
import { MAX_REPORT_BYTES, sizeInReport, toKeptLog } from "./text.ts";

/**
 * Adds to what was seen of a running run the logs of the jobs that have ended since the last look. One that cannot be read now comes with the next look,
 * at the latest with all others after the run's end.
 */
export async function addEndedLogs(
  event: ExecutionEvent,
  work: ExecutionWork,
  github: Github,
): Promise<ExecutionEvent> {
  if (event.type !== "run_observed" || event.jobs === undefined || event.run.status === "completed") return event;
  const jobs: NonNullable<typeof event.jobs> = [];
  let room = MAX_REPORT_BYTES;
  for (const job of event.jobs) {
    const verdict = work.kept_logs.includes(job.job_id) ? undefined : await readLog(job, work, github);
    if (verdict === undefined || !("download" in verdict)) {
      jobs.push(job);
      continue;
    }
    const log = toKeptLog(verdict.download, room);
    room -= sizeInReport(log);
    jobs.push({ ...job, log });
  }
  return { ...event, jobs };
}
