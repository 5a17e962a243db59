import { gitOf, type Github } from "../github.ts";
import type { RefChange } from "../git/git-repository.ts";
import { commitsBetween, mergeBase } from "../git/history.ts";
import { mergeCommit, rebaseCommits, squashCommit, type MergeResult } from "../git/merge.ts";
import { zero_sha } from "../git/git-repository.ts";
import type { Person } from "../git/objects.ts";
import { afterPush } from "../push/after-push.ts";
import { moveRefs } from "../push/move-refs.ts";
import { asMerged } from "./as-merged.ts";
import type { Pull, Repository } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { accountOf } from "../view/account.ts";
import { assessMerge } from "./assess.ts";
import { emitPull } from "./pull-event.ts";

export type MergeMethod = "merge" | "squash" | "rebase";
export type MergeOutcome = { ok: true; sha: string } | { ok: false; status: 403 | 405 | 409; message: string };
export type MergeOptions = { method: MergeMethod; title?: string; message?: string; expected_head?: string };

/** Merges a pull request as a person would: first the push to the base branch, then `closed`. */
export async function mergePull(
  github: Github,
  repository: Repository,
  number: number,
  options: MergeOptions,
  actor: string,
): Promise<MergeOutcome> {
  const git = gitOf(github, repository);
  const merged = await git.exclusively(() => writeMerge(github, repository, number, options, actor));
  if (!merged.ok) return merged;
  await afterPush(github, repository, [merged.change], actor);
  await emitPull(github, repository, merged.pull, "closed", actor);
  if (repository.delete_branch_on_merge) {
    const head = (await git.ref(`refs/heads/${merged.pull.head_ref}`))?.sha;
    if (head !== undefined) {
      await moveRefs(
        github,
        repository,
        [{ ref: `refs/heads/${merged.pull.head_ref}`, before: head, after: zero_sha }],
        actor,
      );
    }
  }
  return { ok: true, sha: merged.sha };
}

type Written = { ok: true; sha: string; pull: Pull; change: RefChange } | Extract<MergeOutcome, { ok: false }>;

async function writeMerge(
  github: Github,
  repository: Repository,
  number: number,
  options: MergeOptions,
  actor: string,
): Promise<Written> {
  const git = gitOf(github, repository);
  const pull = github.state.pulls.first({ repository_id: repository.id, number });
  if (pull === undefined || pull.state === "closed")
    return { ok: false, status: 405, message: "Pull Request is not mergeable" };
  if (!isMethodAllowed(repository, options.method)) {
    return { ok: false, status: 405, message: `${methodNames[options.method]} are not allowed on this repository.` };
  }
  if (options.expected_head !== undefined && options.expected_head !== pull.head_sha) {
    return { ok: false, status: 409, message: "Head branch was modified. Review and try the merge again." };
  }
  const assessment = await assessMerge(github, repository, pull);
  if (assessment.reason !== null) return { ok: false, status: 405, message: assessment.reason };
  const ref = `refs/heads/${pull.base_ref}`;
  const base = (await git.ref(ref))?.sha;
  if (base === undefined) return { ok: false, status: 405, message: "Base branch does not exist" };
  const result = await mergeBy(github, repository, pull, base, options, actor);
  if (!result.ok) return { ok: false, status: 405, message: "Pull Request is not mergeable" };
  const change = { ref, before: base, after: result.sha };
  // Should the process die between the two writes, the next start finds the intent and completes the merge.
  github.state.pulls.put({ ...pull, merging: { sha: result.sha, ref, by: actor } });
  if (!(await git.updateRefs([change]))) {
    github.state.pulls.put(pull);
    return { ok: false, status: 409, message: "Base branch was modified. Review and try the merge again." };
  }
  return { ok: true, sha: result.sha, pull: github.state.pulls.put(asMerged(pull, result.sha, actor)), change };
}

async function mergeBy(
  github: Github,
  repository: Repository,
  pull: Pull,
  base: string,
  options: MergeOptions,
  actor: string,
): Promise<MergeResult> {
  const git = gitOf(github, repository);
  const account = accountOf(github, actor);
  const author: Person = { name: account.name ?? account.login, email: account.email, date: timestamp() };
  const web: Person = { name: "GitHub", email: "noreply@github.com", date: author.date };
  switch (options.method) {
    case "merge": {
      const title = options.title ?? `Merge pull request #${pull.number} from ${repository.owner}/${pull.head_ref}`;
      return mergeCommit(git, base, pull.head_sha, `${title}\n\n${options.message ?? pull.title}`.trim(), author, web);
    }
    case "squash": {
      const origin = (await mergeBase(git, base, pull.head_sha)) ?? base;
      const commits = await Promise.all(
        (await commitsBetween(git, origin, pull.head_sha)).map((sha) => git.commit(sha)),
      );
      const single = commits.length === 1 ? commits[0] : undefined;
      const [first_line = "", ...rest] = (single?.message ?? "").split("\n");
      const title = options.title ?? `${single === undefined ? pull.title : first_line} (#${pull.number})`;
      const listed = commits.map((commit) => `* ${commit?.message ?? ""}`).join("\n\n");
      const message = options.message ?? (single === undefined ? listed : rest.join("\n").trim());
      return squashCommit(git, base, pull.head_sha, `${title}\n\n${message}`.trim(), author, web);
    }
    case "rebase":
      return rebaseCommits(git, base, pull.head_sha, web);
  }
}

const methodNames: Record<MergeMethod, string> = {
  merge: "Merge commits",
  squash: "Squash merges",
  rebase: "Rebase merges",
};

function isMethodAllowed(repository: Repository, method: MergeMethod): boolean {
  return {
    merge: repository.allow_merge_commit,
    squash: repository.allow_squash_merge,
    rebase: repository.allow_rebase_merge,
  }[method];
}
