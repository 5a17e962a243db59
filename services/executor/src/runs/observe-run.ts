import { deadlines } from "@infraskill/contracts/owed";
import type { ExecutionWork } from "@infraskill/contracts/registry-endpoints";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Github } from "@infraskill/github/github";
import { UNTIL_REPAIRED_MS, waitAfter } from "@infraskill/github/waiting";
import { failingStep } from "./jobs.ts";
import { readJobs } from "./read-jobs.ts";
import { readRun } from "./read-run.ts";
import { observeWait } from "./waits.ts";

/** How an execution's run is doing, from GitHub's own answer. */
export async function observeRun(github: Github, work: ExecutionWork, run_id: number): Promise<ExecutionEvent> {
  const since_dispatch_ms = Date.parse(work.now) - Date.parse(work.dispatch_started_at ?? work.created_at);
  const wait_ms = observeWait(since_dispatch_ms);
  const again = wait_ms === undefined ? {} : { wait_ms };
  const seen = await readRun(github, run_id);
  if (seen.kind === "gone") {
    // A run that was just made may not be readable everywhere yet.
    return since_dispatch_ms < deadlines.look_up_ms ? { type: "looked" } : { type: "run_lost" };
  }
  if (seen.kind !== "ok") {
    return { type: "looked", wait_ms: Math.max(wait_ms ?? 0, waitAfter(seen) ?? UNTIL_REPAIRED_MS) };
  }
  const { run } = seen;
  if (run.status !== "completed" && run.status !== "in_progress") return { type: "run_observed", run, ...again };

  const jobs = await readJobs(github, run_id);
  if (jobs.kind !== "ok") return { type: "run_observed", run, ...again };
  const failing_step = run.conclusion === "success" ? undefined : failingStep(jobs.jobs);
  const failing = failing_step === undefined ? {} : { failing_step };
  return { type: "run_observed", run, jobs: jobs.jobs, ...failing, ...again };
}
