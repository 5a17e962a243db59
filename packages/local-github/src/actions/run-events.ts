import type { Github } from "../github.ts";
import type { Job, Repository, Run } from "../state/documents.ts";
import { viewJob, viewRun, viewWorkflow } from "../view/run.ts";
import { emit } from "../webhooks/emit.ts";

/** Sends `workflow_run`. */
export async function emitRun(
  github: Github,
  repository: Repository,
  run: Run,
  action: "requested" | "in_progress" | "completed",
): Promise<void> {
  const workflow = github.state.workflows.get(run.workflow_id);
  if (workflow === undefined || isMuted(github, run)) return;
  const workflow_run = await viewRun(github, repository, run);
  emit(github, repository, {
    name: "workflow_run",
    action,
    payload: { workflow_run, workflow: viewWorkflow(github, repository, workflow) },
    sender: run.triggering_actor,
  });
}

/** Sends `workflow_job`. */
export function emitJob(
  github: Github,
  repository: Repository,
  run: Run,
  job: Job,
  action: "queued" | "waiting" | "in_progress" | "completed",
): void {
  if (isMuted(github, run)) return;
  const view = viewJob(github, repository, job);
  // GitHub leaves out the steps of a job nobody has picked up.
  const steps = action === "queued" ? [] : view.steps;
  emit(github, repository, {
    name: "workflow_job",
    action,
    payload: { workflow_job: { ...view, status: action === "waiting" ? "waiting" : view.status, steps } },
    sender: run.triggering_actor,
  });
}

const muted = new WeakMap<Github, Set<number>>();

/** From now on no webhook speaks of this run (a fault that was asked for). */
export function muteRun(github: Github, run_id: number): void {
  const runs = muted.get(github) ?? new Set<number>();
  muted.set(github, runs.add(run_id));
}

function isMuted(github: Github, run: Run): boolean {
  return muted.get(github)?.has(run.id) ?? false;
}
