import { triggerByPull } from "../actions/trigger.ts";
import { gitOf, type Github } from "../github.ts";
import { zero_sha, type RefChange } from "../git/git-repository.ts";
import { isAncestor } from "../git/history.ts";
import type { Pull, Repository } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { asMerged } from "./as-merged.ts";
import { emitPull } from "./pull-event.ts";
import { writeTestMerge } from "./test-merge.ts";

/** Open pull requests of a branch that moved: they follow it, close with it, or turn out to be merged. */
export async function followPush(
  github: Github,
  repository: Repository,
  change: RefChange,
  actor: string,
): Promise<void> {
  if (!change.ref.startsWith("refs/heads/")) return;
  const branch = change.ref.slice("refs/heads/".length);
  const open = { repository_id: repository.id, state: "open" };
  for (const pull of github.state.pulls.find({ where: { ...open, head_ref: branch } })) {
    if (change.after === zero_sha) await close(github, repository, pull, actor);
    else await synchronize(github, repository, pull, change, actor);
  }
  if (change.after === zero_sha) return;
  for (const pull of github.state.pulls.find({ where: { ...open, base_ref: branch } })) {
    const git = gitOf(github, repository);
    if (await isAncestor(git, pull.head_sha, change.after))
      await markMerged(github, repository, pull, change.after, actor);
  }
}

/** The head branch is elsewhere now: the pull request follows, with its test merge. */
export async function synchronize(
  github: Github,
  repository: Repository,
  pull: Pull,
  change: RefChange,
  actor: string,
): Promise<void> {
  const git = gitOf(github, repository);
  const base_sha = (await git.ref(`refs/heads/${pull.base_ref}`))?.sha ?? pull.base_sha;
  const moved: Pull = { ...pull, head_sha: change.after, base_sha, updated_at: timestamp() };
  moved.merge_commit_sha = await writeTestMerge(github, repository, moved);
  github.state.pulls.put(moved);
  await emitPull(github, repository, moved, "synchronize", actor, { before: change.before, after: change.after });
  await triggerByPull(github, repository, moved, "synchronize", actor);
}

async function close(github: Github, repository: Repository, pull: Pull, actor: string): Promise<void> {
  const now = timestamp();
  const closed: Pull = { ...pull, state: "closed", closed_at: now, updated_at: now };
  github.state.pulls.put(closed);
  await emitPull(github, repository, closed, "closed", actor);
}

/** Its commits reached the base branch by a push: GitHub calls that merged, too. */
async function markMerged(
  github: Github,
  repository: Repository,
  pull: Pull,
  sha: string,
  actor: string,
): Promise<void> {
  const current = github.state.pulls.get(pull.id);
  if (current === undefined || current.state === "closed" || current.merging) return;
  const merged = asMerged(current, sha, actor);
  github.state.pulls.put(merged);
  await emitPull(github, repository, merged, "closed", actor);
}
