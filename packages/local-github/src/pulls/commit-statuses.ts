import type { Github } from "../github.ts";
import type { CheckRun, CommitStatus, Repository } from "../state/documents.ts";
import { latestChecks } from "./checks.ts";

/** The newest status of each context at a commit. */
export function newestStatuses(github: Github, repository: Repository, sha: string): CommitStatus[] {
  const newest = new Map<string, CommitStatus>();
  for (const status of github.state.commit_statuses.find({ where: { repository_id: repository.id, sha } }))
    newest.set(status.context, status);
  return [...newest.values()];
}

/** What a pull request shows and a protected branch can require: check runs and commit statuses. */
export function latestVerdicts(github: Github, repository: Repository, sha: string): Verdict[] {
  return [...latestChecks(github, repository, sha), ...newestStatuses(github, repository, sha).map(toVerdict)];
}

export type Verdict = Pick<CheckRun, "name" | "status" | "conclusion" | "details_url">;

function toVerdict({ context, state, target_url }: CommitStatus): Verdict {
  return {
    name: context,
    status: state === "pending" ? "in_progress" : "completed",
    conclusion: state === "pending" ? null : state === "success" ? "success" : "failure",
    details_url: target_url,
  };
}
