import { triggerByPull } from "../actions/trigger.ts";
import { gitOf, type Github } from "../github.ts";
import { commitsBetween } from "../git/history.ts";
import { validationFailed } from "../rest/http-error.ts";
import type { Pull, Repository } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { emitPull } from "./pull-event.ts";
import { writeTestMerge } from "./test-merge.ts";

export type NewPull = { title: string; body: string | null; head: string; base: string; draft: boolean };

/** Opens a pull request between two branches of one repository; refuses in GitHub's words. */
export async function openPull(github: Github, repository: Repository, wanted: NewPull, actor: string): Promise<Pull> {
  const git = gitOf(github, repository);
  const head_ref = branchOf(repository, wanted.head);
  const head = head_ref === undefined ? undefined : await git.ref(`refs/heads/${head_ref}`);
  const base = await git.ref(`refs/heads/${wanted.base}`);
  const problem = { resource: "PullRequest" };
  if (base === undefined) throw validationFailed({ ...problem, field: "base", code: "invalid" });
  if (head === undefined || head_ref === undefined)
    throw validationFailed({ ...problem, field: "head", code: "invalid" });
  const existing = github.state.pulls.first({
    repository_id: repository.id,
    head_ref,
    base_ref: wanted.base,
    state: "open",
  });
  if (existing !== undefined) {
    const message = `A pull request already exists for ${repository.owner}:${head_ref}.`;
    throw validationFailed({ ...problem, code: "custom", message });
  }
  if ((await commitsBetween(git, base.sha, head.sha)).length === 0) {
    throw validationFailed({
      ...problem,
      code: "custom",
      message: `No commits between ${wanted.base} and ${head_ref}`,
    });
  }
  const now = timestamp();
  const pull: Pull = {
    id: github.state.next("pulls", 20_000),
    repository_id: repository.id,
    number: github.state.next(`issue_number:${repository.id}`),
    title: wanted.title,
    body: wanted.body,
    state: "open",
    draft: wanted.draft,
    user: actor,
    head_ref,
    head_sha: head.sha,
    base_ref: wanted.base,
    base_sha: base.sha,
    labels: [],
    merged: false,
    merged_at: null,
    merged_by: null,
    merge_commit_sha: null,
    merging: null,
    closed_at: null,
    created_at: now,
    updated_at: now,
  };
  github.state.pulls.put(pull);
  pull.merge_commit_sha = await writeTestMerge(github, repository, pull);
  github.state.pulls.put(pull);
  await emitPull(github, repository, pull, "opened", actor);
  await triggerByPull(github, repository, pull, "opened", actor);
  return pull;
}

/** `branch` or `owner:branch`; another owner would be a fork, which there are none of. */
function branchOf(repository: Repository, head: string): string | undefined {
  const colon = head.indexOf(":");
  if (colon < 0) return head;
  return head.slice(0, colon).toLowerCase() === repository.owner.toLowerCase() ? head.slice(colon + 1) : undefined;
}
