import { skillPath } from "@infraskill/contracts/skill";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { readDefaultBranchBlob } from "../read-file.ts";

export type Dispatchable =
  | { kind: "ok"; workflow_id: number }
  /** GitHub has not noticed the file yet. */
  | { kind: "not_yet" }
  /** A person has to enable it. */
  | { kind: "disabled"; state: string }
  /** The merge went elsewhere, or the file is gone again. */
  | { kind: "never"; why: string }
  | Failure;

/** Whether GitHub lists the skill's workflow: it does a moment after the file has reached the default branch. */
export async function checkDispatchable(github: Github, skill_name: string): Promise<Dispatchable> {
  const { octokit, repository } = github;
  const path = skillPath(skill_name);
  const workflow_id = path.slice(path.lastIndexOf("/") + 1);
  const listed = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}", { ...repository, workflow_id }),
  );
  if (listed.kind === "ok") {
    const { id, state } = listed.data;
    return state === "active" ? { kind: "ok", workflow_id: id } : { kind: "disabled", state };
  }
  if (listed.kind !== "refused" || listed.status !== 404) return listed;
  const file = await readDefaultBranchBlob(github, path);
  if (file.kind !== "ok") return file;
  if (file.blob_sha !== null) return { kind: "not_yet" };
  return {
    kind: "never",
    why: `${path} is not on ${file.branch}, where GitHub looks for workflows: the pull request was merged into another branch, or the file was removed again.`,
  };
}
