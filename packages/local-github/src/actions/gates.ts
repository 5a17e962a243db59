import type { Github } from "../github.ts";
import type { Concurrency, ConcurrencyAnswer, RunRequest } from "../runner/types.ts";
import type { Repository } from "../state/documents.ts";
import type { LiveRun } from "./live-runs.ts";

export type Turn = {
  /** True when it may go at once. */
  now: boolean;
  answer: Promise<ConcurrencyAnswer>;
  /** Gives the place in the queue up. */
  leave: () => void;
};

/** Queues up in a concurrency group of the repository. `cancel` is called when a newer member wants the running one gone. */
export function waitForTurn(
  github: Github,
  repository: Repository,
  concurrency: Concurrency,
  cancel: () => void,
): Turn {
  const answer = Promise.withResolvers<ConcurrencyAnswer>();
  let now = false;
  const leave = github.live_runs.concurrency.enter(`${repository.id}:${concurrency.group.toLowerCase()}`, concurrency, {
    go: (release) => {
      now = true;
      answer.resolve({ go: true, release });
    },
    drop: () => answer.resolve({ go: false }),
    cancel,
  });
  return { now, answer: answer.promise, leave };
}

/** The runner's gate for jobs with `concurrency:`. */
export function concurrencyGate(
  github: Github,
  repository: Repository,
  live: LiveRun,
): NonNullable<RunRequest["concurrency_gate"]> {
  return (_job, concurrency) => waitForTurn(github, repository, concurrency, () => live.handle?.cancel()).answer;
}
