import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { revisionBranch } from "@infraskill/contracts/skill";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { pullRequestBody, pullRequestTitle } from "@infraskill/workflow/review/pull-request";
import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import { blobSha } from "../git-blob.ts";
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

/** Changes nothing where it is closed or merged already; `refused` when it cannot be closed. */
export async function closePull(
  { octokit, repository }: Github,
  pull_number: number,
): Promise<{ kind: "ok" } | Failure> {
  const route = "PATCH /repos/{owner}/{repo}/pulls/{pull_number}";
  const closed = await attempt(() => octokit.request(route, { ...repository, pull_number, state: "closed" }));
  return closed.kind === "ok" ? { kind: "ok" } : closed;
}

/** A revision's pull request as it is reported. */
export function openedEvent(pull: Pull, { yaml_content }: RevisionWork): RevisionEvent {
  return {
    type: "pr_opened",
    pr_number: pull.number,
    pr_url: pull.html_url,
    head_sha: pull.head_sha,
    blob_sha: blobSha(yaml_content),
  };
}

type PullData = { number: number; html_url: string; created_at: string; head: { sha: string; ref: string } };

function readPull({ number, html_url, created_at, head }: PullData): Pull {
  return { number, html_url, created_at, head_sha: head.sha, branch: head.ref };
}
