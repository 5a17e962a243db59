import { gitOf, record, type Github } from "../github.ts";
import { evaluateRunName } from "../runner/run-name.ts";
import { parseWorkflow } from "../runner/workflow/parse.ts";
import type { Repository, Run, Workflow } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { carryOutRun } from "./carry-out.ts";
import { emitRun, muteRun } from "./run-events.ts";
import { describeRun } from "./run-request.ts";

export type NewRun = {
  workflow: Workflow;
  /** The workflow file as it is at `sha`. */
  text: string;
  ref: string;
  sha: string;
  event: string;
  event_payload: Record<string, unknown>;
  inputs: Record<string, string>;
  typed_inputs: Record<string, string | boolean | number>;
  actor: string;
};

/** Records a run and lets it start in the background. */
export function startNewRun(github: Github, repository: Repository, wanted: NewRun): Run {
  const now = Date.now();
  const at = timestamp(now);
  const parsed = parseWorkflow(wanted.text, wanted.workflow.path);
  const run: Run = {
    id: github.state.next("runs", 30_000_001),
    repository_id: repository.id,
    workflow_id: wanted.workflow.id,
    workflow_path: wanted.workflow.path,
    workflow_name: parsed.ok ? parsed.workflow.name : wanted.workflow.path,
    display_title: "",
    run_number: github.state.next(`run_number:${wanted.workflow.id}`),
    run_attempt: 1,
    event: wanted.event,
    head_branch: wanted.ref.replace(/^refs\/(heads|tags|pull)\//, ""),
    head_sha: wanted.sha,
    ref: wanted.ref,
    status: "queued",
    conclusion: null,
    actor: wanted.actor,
    triggering_actor: wanted.actor,
    created_at: at,
    updated_at: at,
    run_started_at: at,
    created_ms: now,
    inputs: wanted.inputs,
    typed_inputs: wanted.typed_inputs,
    concurrency_group: null,
    logs_deleted: false,
  };
  github.state.putText("run", run.id, JSON.stringify(wanted.event_payload));
  run.display_title = evaluateRunName(describeRun(github, repository, run, wanted.text, wanted.typed_inputs));
  github.state.runs.put(run);
  record(
    github,
    "run",
    { event: run.event, title: run.display_title, sha: run.head_sha },
    { repository_id: repository.id, run_id: run.id },
  );
  if (github.faults.take("run_webhooks", { match: run.workflow_path }) !== undefined) muteRun(github, run.id);
  const dies = github.faults.take("run", { match: run.workflow_path })?.delay_ms;
  setImmediate(() => {
    if (github.stopping) return;
    void begin(github, repository, run, wanted.text, dies).catch((error: unknown) => {
      github.log.error({ error, run_id: run.id }, "run could not start");
    });
  });
  return run;
}

async function begin(
  github: Github,
  repository: Repository,
  run: Run,
  text: string,
  dies_after_ms: number | undefined,
): Promise<void> {
  const over = carryOutRun(github, repository, run, text, undefined, dies_after_ms);
  await emitRun(github, repository, run, "requested");
  await over;
}

/** Starts the next attempt of a run that is over. */
export async function startNextAttempt(
  github: Github,
  repository: Repository,
  run: Run,
  actor: string,
  jobs: "all" | "failed" | { readonly job_id: number },
): Promise<Run> {
  const text = (await gitOf(github, repository).file(run.head_sha, run.workflow_path))?.content.toString() ?? "";
  const at = timestamp();
  github.state.run_attempts.put({
    id: github.state.next("run_attempts"),
    run_id: run.id,
    attempt: run.run_attempt,
    run,
  });
  const next: Run = {
    ...run,
    run_attempt: run.run_attempt + 1,
    status: "queued",
    conclusion: null,
    triggering_actor: actor,
    updated_at: at,
    run_started_at: at,
  };
  github.state.runs.put(next);
  record(github, "rerun", { attempt: next.run_attempt }, { repository_id: repository.id, run_id: run.id });
  const previous = github.state.jobs.find({ where: { run_id: run.id, run_attempt: run.run_attempt } });
  const artifacts = github.state.artifacts.find({ where: { run_id: run.id } });
  setImmediate(() => {
    if (github.stopping) return;
    const over = carryOutRun(github, repository, next, text, { previous, artifacts, jobs }, undefined);
    void emitRun(github, repository, next, "requested");
    over.catch((error: unknown) => github.log.error({ error, run_id: run.id }, "run could not start"));
  });
  return next;
}
