import type { Github } from "../github.ts";
import type { Repository, Run } from "../state/documents.ts";
import { timestamp } from "../time.ts";

/** Asks a run to stop. `force` skips steps and jobs that want to run always. */
export function cancelRun(github: Github, run: Run, force: boolean): void {
  const live = github.live_runs.get(run.id);
  if (live === undefined) return;
  if (live.handle === undefined) live.abandon();
  else if (force) live.handle.forceCancel();
  else live.handle.cancel();
}

/** Runs that an earlier process left unfinished are over: cancelled, together with their jobs. */
export function endUnfinishedRuns(github: Github): void {
  github.state.transact(() => {
    for (const run of github.state.runs.find({ and: `status <> 'completed'` })) {
      const at = timestamp();
      for (const job of github.state.jobs.find({ where: { run_id: run.id }, and: `status <> 'completed'` })) {
        const steps = job.steps.map((step) =>
          step.status === "completed"
            ? step
            : { ...step, status: "completed" as const, conclusion: "cancelled" as const, completed_at: at },
        );
        github.state.jobs.put({ ...job, status: "completed", conclusion: "cancelled", completed_at: at, steps });
      }
      github.state.runs.put({ ...run, status: "completed", conclusion: "cancelled", updated_at: at });
    }
    github.state.tokens.deleteWhere({ where: { kind: "run" } });
  });
}

/** Ends every run of this process and waits until they are over. */
export async function endLiveRuns(github: Github): Promise<void> {
  const runs = github.live_runs.all();
  for (const run of runs) {
    if (run.handle === undefined) run.abandon();
    else run.handle.forceCancel();
  }
  await Promise.all(runs.map((run) => run.over.catch(() => undefined)));
}

export function isOver(run: Run): boolean {
  return run.status === "completed";
}

/** A run of this repository by number. */
export function findRun(github: Github, repository: Repository, id: string): Run | undefined {
  const run = /^\d+$/.test(id) ? github.state.runs.get(Number(id)) : undefined;
  return run?.repository_id === repository.id ? run : undefined;
}
