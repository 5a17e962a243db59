import type { JobRun } from "@infraskill/contracts/execution";
import type { JobPayload } from "@infraskill/contracts/queues";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { describeFailure, UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";
import type { JobContext } from "@infraskill/platform/worker";
import { takeExecution } from "../execution-work.ts";
import { failingStep } from "../runs/jobs.ts";
import { readJobs } from "../runs/read-jobs.ts";
import type { Tools } from "../tools.ts";
import { mustEndFirst, unfinishedWait } from "./decide.ts";
import { readLog } from "./read-log.ts";
import { MAX_REPORT_BYTES, sizeInReport, toKeptLog } from "./text.ts";

/** Collects what remains of an ended run: jobs, steps with timings, and each job's log. */
export async function handleLogs(payload: JobPayload, { log }: JobContext, tools: Tools): Promise<void> {
  const taken = await takeExecution(tools, payload, ["succeeded", "failed", "timed_out", "cancelled"], log);
  if (taken?.work.logs_owed === true) await taken.report(await collect(taken.work, tools.github));
}

async function collect(work: ExecutionWork, github: Github): Promise<ExecutionEvent> {
  const nothing: ExecutionEvent = { type: "logs_collected", jobs: [] };
  if (work.github_run_id === null) return nothing;
  const read = await readJobs(github, work.github_run_id);
  if (read.kind === "gone") return nothing;
  if (read.kind !== "ok") {
    const wait_ms = waitAfter(read) ?? UNTIL_REPAIRED_MS;
    return { type: "logs_postponed", detail: describeFailure("Reading the run's jobs", read), wait_ms };
  }
  const unfinished = read.jobs.find((job) => mustEndFirst(job, work));
  if (unfinished !== undefined) {
    return { type: "logs_postponed", detail: `${unfinished.name} has not ended yet`, wait_ms: unfinishedWait(work) };
  }
  const jobs: (JobRun & { log: string | null })[] = [];
  let room = MAX_REPORT_BYTES;
  for (const job of read.jobs) {
    if (work.kept_logs.includes(job.job_id)) {
      jobs.push({ ...job, log: null });
      continue;
    }
    const verdict = await readLog(job, work, github);
    if ("wait_ms" in verdict) return { type: "logs_postponed", ...verdict };
    const log = "download" in verdict ? toKeptLog(verdict.download, room) : null;
    if (log !== null) room -= sizeInReport(log);
    jobs.push({ ...job, log });
  }
  const failing_step = failingStep(read.jobs);
  return { type: "logs_collected", jobs, ...(failing_step === undefined ? {} : { failing_step }) };
}
