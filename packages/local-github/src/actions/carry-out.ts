import { forgetTokens } from "../auth/tokens.ts";
import { record, type Github } from "../github.ts";
import { startRun } from "../runner/run.ts";
import { evaluateConcurrency } from "../runner/run-name.ts";
import type { Artifact, JobRecord, RunObserver, RunRequest } from "../runner/types.ts";
import type { Job, Repository, Run, RunConclusion } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { concurrencyGate, waitForTurn } from "./gates.ts";
import { environmentGate } from "./environments.ts";
import { JobLogs } from "./job-logs.ts";
import type { LiveRun } from "./live-runs.ts";
import { emitJob, emitRun } from "./run-events.ts";
import { armRun, describeRun } from "./run-request.ts";

/** Takes one attempt of a run from queued to completed. Resolves when it is over and every event is on its way. */
export function carryOutRun(
  github: Github,
  repository: Repository,
  run: Run,
  text: string,
  rerun: RunRequest["rerun"],
  dies_after_ms: number | undefined,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const abandoned = Promise.withResolvers<"abandoned">();
  const live: LiveRun = {
    run_id: run.id,
    handle: undefined,
    logs: undefined,
    abandon: () => abandoned.resolve("abandoned"),
    over: over.promise,
    decide: new Map(),
  };
  github.live_runs.add(live);
  attempt(github, repository, run, text, rerun, live, abandoned.promise, dies_after_ms).then(
    over.resolve,
    (error: unknown) => {
      github.log.error({ error, run_id: run.id }, "run failed to be carried out");
      finish(github, repository, run.id, "startup_failure").then(over.resolve, over.reject);
    },
  );
  return over.promise;
}

async function attempt(
  github: Github,
  repository: Repository,
  run: Run,
  text: string,
  rerun: RunRequest["rerun"],
  live: LiveRun,
  abandoned: Promise<"abandoned">,
  dies_after_ms: number | undefined,
): Promise<void> {
  const bare = describeRun(github, repository, run, text, run.typed_inputs);
  const concurrency = evaluateConcurrency(bare);
  let release = () => undefined as void;
  if (concurrency !== null) {
    const turn = waitForTurn(github, repository, concurrency, () => live.handle?.cancel());
    if (!turn.now) setRun(github, run.id, { status: "pending", concurrency_group: concurrency.group });
    const answer = await Promise.race([turn.answer, abandoned]);
    if (answer === "abandoned" || !answer.go) {
      turn.leave();
      await finish(github, repository, run.id, "cancelled");
      return;
    }
    release = answer.release;
  }
  try {
    const logs = new JobLogs(github, run.id);
    live.logs = logs;
    const request: RunRequest = {
      ...armRun(github, repository, run, bare),
      environment_gate: environmentGate(github, repository, run, live),
      concurrency_gate: concurrencyGate(github, repository, live),
      ...(rerun === undefined ? {} : { rerun }),
    };
    const handle = startRun(request, observe(github, repository, run, logs));
    live.handle = handle;
    if (dies_after_ms !== undefined) {
      setTimeout(() => handle.forceCancel(), dies_after_ms).unref();
    }
    const result = await handle.done;
    logs.flushAll();
    for (const job of result.jobs) if (github.state.jobs.get(job.id) === undefined) saveJob(github, run, job);
    for (const error of result.errors) github.log.warn({ run_id: run.id, ...error }, "workflow file is invalid");
    await finish(github, repository, run.id, result.conclusion);
  } finally {
    release();
  }
}

function observe(github: Github, repository: Repository, run: Run, logs: JobLogs): RunObserver {
  const save = (job: JobRecord) => saveJob(github, run, job);
  const told = (job: JobRecord, action: "queued" | "waiting" | "in_progress" | "completed") => {
    emitJob(github, repository, run, save(job), action);
  };
  return {
    onJobQueued: (job: JobRecord) => told(job, "queued"),
    onJobWaiting: (job: JobRecord) => {
      if (job.status === "waiting") told(job, "waiting");
      else save(job);
      settleStatus(github, repository, run.id);
    },
    onJobStarted: (job: JobRecord) => {
      told(job, "in_progress");
      settleStatus(github, repository, run.id);
    },
    onStepStarted: save,
    onStepCompleted: (job: JobRecord) => {
      logs.flush(job.id);
      save(job);
    },
    onLog: (job: { readonly id: number }, line: string, step: number) => logs.add(job.id, step, line),
    onJobCompleted: (job: JobRecord) => {
      logs.flush(job.id);
      record(
        github,
        "job",
        { key: job.key, conclusion: job.conclusion, attempt: run.run_attempt },
        { repository_id: repository.id, run_id: run.id },
      );
      told(job, "completed");
    },
    onArtifact: (artifact: Artifact) => {
      github.state.artifacts.put({
        ...artifact,
        repository_id: repository.id,
        run_id: run.id,
        run_attempt: run.run_attempt,
      });
    },
  };
}

function saveJob(github: Github, run: Run, job: JobRecord): Job {
  return github.state.jobs.put({
    ...job,
    repository_id: run.repository_id,
    run_id: run.id,
    run_attempt: run.run_attempt,
    head_sha: run.head_sha,
    head_branch: run.head_branch,
    workflow_name: run.workflow_name,
  });
}

/** A run is in progress as soon as one job is; it waits while every unfinished job waits for a person. */
function settleStatus(github: Github, repository: Repository, run_id: number): void {
  const run = github.state.runs.get(run_id);
  if (run === undefined || run.status === "completed") return;
  const jobs = github.state.jobs
    .find({ where: { run_id, run_attempt: run.run_attempt } })
    .filter((job) => job.status !== "completed");
  const status = jobs.some((job) => job.status === "in_progress")
    ? "in_progress"
    : jobs.some((job) => job.status === "waiting")
      ? "waiting"
      : run.status;
  if (status === run.status) return;
  const changed = setRun(github, run_id, { status });
  if (changed !== undefined && status === "in_progress") void emitRun(github, repository, changed, "in_progress");
}

function setRun(github: Github, run_id: number, change: Partial<Run>): Run | undefined {
  const run = github.state.runs.get(run_id);
  return run === undefined ? undefined : github.state.runs.put({ ...run, ...change, updated_at: timestamp() });
}

async function finish(
  github: Github,
  repository: Repository,
  run_id: number,
  conclusion: RunConclusion,
): Promise<void> {
  const run = setRun(github, run_id, { status: "completed", conclusion });
  forgetTokens(github, { run_id });
  github.live_runs.remove(run_id);
  if (run === undefined) return;
  record(github, "run_completed", { conclusion, attempt: run.run_attempt }, { repository_id: repository.id, run_id });
  // A workflow that never became a run sends nothing, as on GitHub.
  if (conclusion !== "startup_failure") await emitRun(github, repository, run, "completed");
}
