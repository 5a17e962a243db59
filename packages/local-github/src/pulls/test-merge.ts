import { gitOf, type Github } from "../github.ts";
import { zero_sha } from "../git/git-repository.ts";
import { mergeTrees } from "../git/merge.ts";
import type { Pull, Repository } from "../state/documents.ts";

/**
 * Keeps refs/pull/N/head and refs/pull/N/merge, and answers with the commit of the latter: what a merge would give now.
 * null when the branches conflict.
 */
export async function writeTestMerge(github: Github, repository: Repository, pull: Pull): Promise<string | null> {
  const git = gitOf(github, repository);
  const base = (await git.ref(`refs/heads/${pull.base_ref}`))?.sha ?? pull.base_sha;
  const merged = await mergeTrees(git, base, pull.head_sha);
  const person = { name: "GitHub", email: "noreply@github.com", date: pull.updated_at };
  const merge_sha = merged.ok
    ? await git.writeCommit({
        tree: merged.tree,
        parents: [base, pull.head_sha],
        author: person,
        committer: person,
        message: `Merge ${pull.head_sha} into ${base}`,
      })
    : null;
  await git.exclusively(async () => {
    const refs = await git.refs();
    const change = (ref: string, after: string) => ({ ref, before: refs.get(ref)?.sha ?? zero_sha, after });
    const changes = [change(`refs/pull/${pull.number}/head`, pull.head_sha)];
    if (merge_sha !== null) changes.push(change(`refs/pull/${pull.number}/merge`, merge_sha));
    await git.updateRefs(changes.filter(({ before, after }) => before !== after));
  });
  return merge_sha;
}
