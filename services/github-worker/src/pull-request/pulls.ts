import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { revisionBranch } from "@infraskill/contracts/skill";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { pullRequestBody, pullRequestTitle } from "@infraskill/workflow/review/pull-request";
import { choosePull, type Pull } from "./choose-pull.ts";

/** Opens the pull request; `exists` when the branch has an open one already. */
export async function createPull(
  { octokit, repository }: Github,
  work: RevisionWork,
  { base, file_stands }: { base: string; file_stands: boolean },
): Promise<({ kind: "ok" } & Pull) | { kind: "exists" } | Failure> {
  const made = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/pulls", {
      ...repository,
      title: pullRequestTitle(work),
      body: pullRequestBody({ ...work, file_stands }),
      head: revisionBranch(work.skill_name, work.revision),
      base,
      maintainer_can_modify: false,
    }),
  );
  if (made.kind === "ok") return { kind: "ok", ...readPull(made.data) };
  return made.kind === "refused" && /already exists/i.test(made.message) ? { kind: "exists" } : made;
}

/** The pull request an earlier try opened, also when it was closed or merged since. */
export async function findPull(
  { octokit, repository }: Github,
  work: RevisionWork,
): Promise<({ kind: "ok" } & Pull) | { kind: "none" } | Failure> {
  const head = `${repository.owner}:${revisionBranch(work.skill_name, work.revision)}`;
  const listed = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/pulls", { ...repository, head, state: "all", per_page: 100 }),
  );
  if (listed.kind !== "ok") return listed;
  const pull = choosePull(listed.data.map(readPull), work);
  return pull === undefined ? { kind: "none" } : { kind: "ok", ...pull };
}

/** Closes pull requests whose place this revision took; those that cannot be closed any more (merged, gone) stay as they are. */
export async function closeReplaced(
  { octokit, repository }: Github,
  work: RevisionWork,
): Promise<{ kind: "ok" } | Failure> {
  for (const pull_number of work.replaced_pr_numbers) {
    const closed = await attempt(() =>
      octokit.request("PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
        ...repository,
        pull_number,
        state: "closed",
      }),
    );
    if (closed.kind !== "ok" && closed.kind !== "refused") return closed;
  }
  return { kind: "ok" };
}

type PullData = { number: number; html_url: string; created_at: string; head: { sha: string; ref: string } };

function readPull({ number, html_url, created_at, head }: PullData): Pull {
  return { number, html_url, created_at, head_sha: head.sha, branch: head.ref };
}
