import type { RevisionWork } from "@infraskill/contracts/registry/work";
import { skillPath } from "@infraskill/contracts/skill";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import { pullRequestTitle } from "@infraskill/workflow/review/pull-request";

export type Base = { readonly branch: string; readonly commit: string; readonly tree: string };

/** The head of the default branch. */
export async function readBase({ octokit, repository }: Github): Promise<({ kind: "ok" } & Base) | Failure> {
  const repo = await attempt(() => octokit.request("GET /repos/{owner}/{repo}", { ...repository }));
  if (repo.kind !== "ok") return repo;
  const branch = repo.data.default_branch;
  const head = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/branches/{branch}", { ...repository, branch }),
  );
  if (head.kind !== "ok") return head;
  return { kind: "ok", branch, commit: head.data.commit.sha, tree: head.data.commit.commit.tree.sha };
}

type Made = { readonly kind: "ok"; readonly sha: string };

/** The tree of `base` with the revision's file in it; the very tree of `base` where the file stands there already with this text. */
export async function makeTree(
  { octokit, repository }: Github,
  base: Base,
  work: RevisionWork,
): Promise<Made | Failure> {
  const tree = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/git/trees", {
      ...repository,
      base_tree: base.tree,
      tree: [{ path: skillPath(work.skill_name), mode: "100644", type: "blob", content: work.yaml_content }],
    }),
  );
  return tree.kind === "ok" ? { kind: "ok", sha: tree.data.sha } : tree;
}

/**
 * Puts a tree on top of `base` as a commit that no branch names yet; an empty one where it is the tree of `base`. Author and date are fixed, so the
 * same revision on the same base gives the same commit however often it is made.
 */
export async function makeCommit(
  { octokit, repository }: Github,
  base: Base,
  tree: string,
  work: RevisionWork,
): Promise<Made | Failure> {
  const author = { name: "infraskill", email: "infraskill@noreply.invalid", date: wholeSeconds(work.created_at) };
  const commit = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/git/commits", {
      ...repository,
      message: pullRequestTitle(work),
      tree,
      parents: [base.commit],
      author,
      committer: author,
    }),
  );
  return commit.kind === "ok" ? { kind: "ok", sha: commit.data.sha } : commit;
}

/** git knows no fractions of a second. */
function wholeSeconds(timestamp: string): string {
  return `${new Date(timestamp).toISOString().slice(0, 19)}Z`;
}
