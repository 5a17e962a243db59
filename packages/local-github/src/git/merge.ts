import type { GitRepository } from "./git-repository.ts";
import type { Person } from "./objects.ts";
import { commitsBetween, mergeBase } from "./history.ts";
import { tryGit } from "./run-git.ts";

export type MergeResult = { ok: true; sha: string } | { ok: false; conflicts: string[] };

/** The tree a merge of two commits gives, or the files that conflict. Writes no ref. */
export async function mergeTrees(
  repository: GitRepository,
  ours: string,
  theirs: string,
): Promise<{ ok: true; tree: string } | { ok: false; conflicts: string[] }> {
  const result = await tryGit(repository.git_dir, [
    "merge-tree",
    "--write-tree",
    "--name-only",
    "--no-messages",
    ours,
    theirs,
  ]);
  const [tree = "", ...rest] = result.stdout.toString().split("\n");
  if (result.code === 0) return { ok: true, tree: tree.trim() };
  if (result.code === 1) return { ok: false, conflicts: rest.filter((line) => line !== "") };
  throw new Error(`git merge-tree failed (${result.code}): ${result.stderr.trim()}`);
}

export async function mergeCommit(
  repository: GitRepository,
  base: string,
  head: string,
  message: string,
  author: Person,
  committer: Person,
): Promise<MergeResult> {
  const merged = await mergeTrees(repository, base, head);
  if (!merged.ok) return merged;
  const sha = await repository.writeCommit({ tree: merged.tree, parents: [base, head], author, committer, message });
  return { ok: true, sha };
}

export async function squashCommit(
  repository: GitRepository,
  base: string,
  head: string,
  message: string,
  author: Person,
  committer: Person,
): Promise<MergeResult> {
  const merged = await mergeTrees(repository, base, head);
  if (!merged.ok) return merged;
  const sha = await repository.writeCommit({ tree: merged.tree, parents: [base], author, committer, message });
  return { ok: true, sha };
}

/**
 * Replays the commits of `head` one by one on `base`, always as new commits, as GitHub does. Those that change nothing are left out, so that of a
 * branch of empty commits nothing is left and the answer is `base` itself.
 * git 2.39 has no `merge-tree --merge-base`: each commit is first rewritten on top of a synthetic commit that has
 * its parent's tree and the current tip as history, so that the merge sees exactly that commit's change.
 */
export async function rebaseCommits(
  repository: GitRepository,
  base: string,
  head: string,
  committer: Person,
): Promise<MergeResult> {
  const origin = (await mergeBase(repository, base, head)) ?? base;
  const shas = await commitsBetween(repository, origin, head);
  let tip = base;
  for (const sha of shas) {
    const commit = await repository.commit(sha);
    const parent = commit?.parents[0];
    if (commit === undefined || parent === undefined) continue;
    if (commit.parents.length > 1) continue;
    const before = await repository.commit(parent);
    if (before === undefined) continue;
    const bare = { author: commit.author, committer, message: "rebase" };
    const common = await repository.writeCommit({ tree: before.tree, parents: [], ...bare });
    const tip_tree = (await repository.commit(tip))?.tree ?? "";
    const ours = await repository.writeCommit({ tree: tip_tree, parents: [common], ...bare });
    const theirs = await repository.writeCommit({ tree: commit.tree, parents: [common], ...bare });
    const merged = await mergeTrees(repository, ours, theirs);
    if (!merged.ok) return merged;
    if (merged.tree === tip_tree) continue;
    tip = await repository.writeCommit({
      tree: merged.tree,
      parents: [tip],
      author: commit.author,
      committer,
      message: commit.message,
    });
  }
  return { ok: true, sha: tip };
}

/** Whether two commits merge without conflict. */
export async function isMergeable(repository: GitRepository, base: string, head: string): Promise<boolean> {
  return (await mergeTrees(repository, base, head)).ok;
}
