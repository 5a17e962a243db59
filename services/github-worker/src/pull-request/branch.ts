import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { revisionBranch, skillPath } from "@infraskill/contracts/skill";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { blobSha } from "../git-blob.ts";

export type Placed = { kind: "ok"; head_sha: string } | { kind: "exists" } | { kind: "foreign" } | Failure;

/** Makes the revision's branch at `commit`; `exists` when there is one of that name already. */
export async function createBranch(
  { octokit, repository }: Github,
  work: RevisionWork,
  commit: string,
): Promise<Placed> {
  const ref = `refs/heads/${revisionBranch(work.skill_name, work.revision)}`;
  const made = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...repository, ref, sha: commit }),
  );
  if (made.kind === "ok") return { kind: "ok", head_sha: commit };
  return made.kind === "refused" && /reference already exists/i.test(made.message) ? { kind: "exists" } : made;
}

/**
 * Goes on with a branch that an earlier try left: moved forward to `commit` where nothing is lost by that, never forced. Otherwise (the default branch
 * has moved since) it stays as it is when its file has the revision's text. `foreign`: somebody else has put something there.
 */
export async function reuseBranch(
  { octokit, repository }: Github,
  work: RevisionWork,
  commit: string,
): Promise<Placed> {
  const branch = revisionBranch(work.skill_name, work.revision);
  const ref = `heads/${branch}`;
  const moved = await attempt(() =>
    octokit.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", { ...repository, ref, sha: commit, force: false }),
  );
  if (moved.kind === "ok") return { kind: "ok", head_sha: commit };
  if (moved.kind !== "refused" || moved.status !== 422) return moved;

  const head = await attempt(() => octokit.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...repository, ref }));
  if (head.kind !== "ok") return head;
  const head_sha = head.data.object.sha;
  const path = skillPath(work.skill_name);
  const file = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/contents/{path}", { ...repository, path, ref: head_sha }),
  );
  if (file.kind !== "ok" && !(file.kind === "refused" && file.status === 404)) return file;
  const blob = file.kind === "ok" && "sha" in file.data ? file.data.sha : undefined;
  return blob === blobSha(work.yaml_content) ? { kind: "ok", head_sha } : { kind: "foreign" };
}
