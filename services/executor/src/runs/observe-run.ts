import { deadlines } from "@infraskill/contracts/owed";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import type { Failure } from "@infraskill/github/outcome";
import { UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";
import type { RunFacts } from "@infraskill/contracts/worker-events";
import { readCancelCause } from "./cancel-cause.ts";
import { failingStep } from "./jobs.ts";
import { readJobs } from "./read-jobs.ts";
import { readRun } from "./read-run.ts";
import { observeWait } from "./waits.ts";

/** How an execution's run is doing, from GitHub's own answer. */
export async function observeRun(github: Github, work: ExecutionWork, run_id: number): Promise<ExecutionEvent> {
  const since_dispatch_ms = Date.parse(work.now) - Date.parse(work.dispatch_started_at ?? work.created_at);
  const wait_ms = observeWait(since_dispatch_ms);
  const again = wait_ms === undefined ? {} : { wait_ms };
  const seen = await readRun(github, run_id, work.claimed_attempt);
  if (seen.kind === "gone") {
    // A run that was just made may not be readable everywhere yet.
    return since_dispatch_ms < deadlines.look_up_ms ? { type: "looked" } : { type: "run_lost" };
  }
  if (seen.kind !== "ok") {
    return { type: "looked", wait_ms: Math.max(wait_ms ?? 0, waitOf(seen)) };
  }
  const { run } = seen;
  if (run.status !== "completed" && run.status !== "in_progress") return { type: "run_observed", run, ...again };

  const read = await readJobs(github, run_id);
  if (read.kind !== "ok") {
    return isUnexplained(run) ? { type: "looked", wait_ms: waitOf(read) } : { type: "run_observed", run, ...again };
  }
  const jobs = read.jobs.filter((job) => job.attempt <= run.run_attempt);
  const failing_step = run.conclusion === "success" ? undefined : failingStep(jobs);
  const failing = failing_step === undefined ? {} : { failing_step };
  const observed = { type: "run_observed", run, jobs, ...failing, ...again } as const;
  if (!isUnexplained(run)) return observed;
  const cancel_cause = await readCancelCause(github, jobs);
  return typeof cancel_cause === "string"
    ? { ...observed, cancel_cause }
    : { type: "looked", wait_ms: waitOf(cancel_cause) };
}

/** A run that GitHub says was cancelled: by whom or by what, only the annotations of its jobs tell. */
function isUnexplained({ status, conclusion }: RunFacts): boolean {
  return status === "completed" && conclusion === "cancelled";
}

function waitOf(failure: Failure | { kind: "gone" }): number {
  return failure.kind === "gone" ? UNTIL_REPAIRED_MS : (waitAfter(failure) ?? UNTIL_REPAIRED_MS);
}
