import type { Github } from "../github.ts";
import type { EnvironmentAnswer, RunRequest } from "../runner/types.ts";
import type { Approval, Environment, Repository, Run } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import type { LiveRun } from "./live-runs.ts";

/** The environment of this name; made when a job first names it, as GitHub does. */
export function environmentOf(github: Github, repository: Repository, name: string): Environment {
  const key = name.toLowerCase();
  const existing = github.state.environments.first({ repository_id: repository.id, key });
  if (existing !== undefined) return existing;
  const now = timestamp();
  return github.state.environments.put({
    id: github.state.next("environments", 60_001),
    repository_id: repository.id,
    name,
    key,
    reviewers: [],
    vars: {},
    secrets: {},
    created_at: now,
    updated_at: now,
  });
}

/** The runner's gate for jobs with `environment:`: at once without reviewers, else when one of them has decided. */
export function environmentGate(
  github: Github,
  repository: Repository,
  run: Run,
  live: LiveRun,
): NonNullable<RunRequest["environment_gate"]> {
  return (_job, { name }) => {
    const environment = environmentOf(github, repository, name);
    const { vars, secrets } = environment;
    if (environment.reviewers.length === 0) return Promise.resolve({ approved: true, vars, secrets });
    const waiting = github.state.approvals
      .find({ where: { run_id: run.id } })
      .find((approval) => approval.environment === environment.name && approval.run_attempt === run.run_attempt);
    if (waiting !== undefined && waiting.state !== "waiting")
      return Promise.resolve({ approved: waiting.state === "approved", vars, secrets });
    if (waiting === undefined) {
      github.state.approvals.put({
        id: github.state.next("approvals"),
        repository_id: repository.id,
        run_id: run.id,
        run_attempt: run.run_attempt,
        environment: environment.name,
        state: "waiting",
        user: null,
        comment: "",
        created_at: timestamp(),
      });
    }
    const answer = Promise.withResolvers<EnvironmentAnswer>();
    const others = live.decide.get(environment.name);
    live.decide.set(environment.name, (approved) => {
      others?.(approved);
      answer.resolve({ approved, vars, secrets });
    });
    return answer.promise;
  };
}

/** The approvals a run waits for. */
export function waitingApprovals(github: Github, run: Run): Approval[] {
  return github.state.approvals
    .find({ where: { run_id: run.id, state: "waiting" } })
    .filter((approval) => approval.run_attempt === run.run_attempt);
}

/** A reviewer lets the jobs of an environment go, or rejects them. */
export function decideApproval(
  github: Github,
  approval: Approval,
  approved: boolean,
  user: string,
  comment: string,
): void {
  github.state.approvals.put({ ...approval, state: approved ? "approved" : "rejected", user, comment });
  const live = github.live_runs.get(approval.run_id);
  live?.decide.get(approval.environment)?.(approved);
  live?.decide.delete(approval.environment);
}
