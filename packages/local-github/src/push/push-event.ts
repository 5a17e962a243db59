import { gitOf, type Github } from "../github.ts";
import type { RefChange } from "../git/git-repository.ts";
import { zero_sha } from "../git/git-repository.ts";
import { isAncestor } from "../git/history.ts";
import { git } from "../git/run-git.ts";
import type { Commit, Person } from "../git/objects.ts";
import type { Repository } from "../state/documents.ts";
import { accountOf } from "../view/account.ts";
import { viewRepository } from "../view/repository.ts";
import { htmlUrl } from "../view/urls.ts";

const most_commits = 20;

/** The payload of a `push` event for one moved ref. */
export async function pushPayload(github: Github, repository: Repository, change: RefChange, actor: string) {
  const store = gitOf(github, repository);
  const created = change.before === zero_sha;
  const deleted = change.after === zero_sha;
  const tip = deleted ? undefined : await store.peel(change.after);
  const shas = tip === undefined ? [] : await newCommits(github, repository, change, tip);
  const files = await filesOf(store.git_dir, shas);
  const commits = [];
  for (const sha of shas) {
    const commit = await store.commit(sha);
    if (commit !== undefined) commits.push(viewPushed(github, repository, commit, files.get(sha)));
  }
  const head = tip === undefined ? undefined : await store.commit(tip);
  const head_files = tip === undefined ? undefined : (files.get(tip) ?? (await filesOf(store.git_dir, [tip])).get(tip));
  const pusher = accountOf(github, actor);
  const compare = created
    ? htmlUrl(github, repository, `/commit/${change.after}`)
    : htmlUrl(github, repository, `/compare/${change.before.slice(0, 12)}...${change.after.slice(0, 12)}`);
  return {
    ref: change.ref,
    before: change.before,
    after: change.after,
    base_ref: null,
    created,
    deleted,
    forced: !created && !deleted && tip !== undefined && !(await isAncestor(store, change.before, tip)),
    compare,
    commits,
    head_commit: head === undefined ? null : viewPushed(github, repository, head, head_files),
    pusher: { name: pusher.login, email: pusher.email },
    repository: {
      ...viewRepository(github, repository),
      created_at: Math.floor(Date.parse(repository.created_at) / 1000),
      pushed_at: Math.floor(Date.parse(repository.pushed_at) / 1000),
      stargazers: 0,
      master_branch: repository.default_branch,
    },
  };
}

async function newCommits(github: Github, repository: Repository, change: RefChange, tip: string): Promise<string[]> {
  const store = gitOf(github, repository);
  if (change.ref.startsWith("refs/tags/")) return [];
  const default_sha = (await store.ref(`refs/heads/${repository.default_branch}`))?.sha;
  const known =
    change.before === zero_sha
      ? change.ref === `refs/heads/${repository.default_branch}`
        ? undefined
        : default_sha
      : change.before;
  const args = ["rev-list", "--topo-order", `--max-count=${most_commits}`, tip];
  if (known !== undefined) args.push(`^${known}`);
  const text = await git(store.git_dir, [...args, "--"]);
  return text
    .split("\n")
    .filter((line) => line !== "")
    .toReversed();
}

type Touched = { added: string[]; removed: string[]; modified: string[] };

async function filesOf(git_dir: string, shas: string[]): Promise<Map<string, Touched>> {
  const found = new Map<string, Touched>();
  if (shas.length === 0) return found;
  const args = ["diff-tree", "--stdin", "-r", "--root", "--no-renames", "--name-status", "-m", "--first-parent"];
  const text = await git(git_dir, ["-c", "core.quotePath=false", ...args], { input: `${shas.join("\n")}\n` });
  let current: Touched | undefined;
  for (const line of text.split("\n")) {
    if (/^[0-9a-f]{40}/.test(line)) {
      current = { added: [], removed: [], modified: [] };
      found.set(line.slice(0, 40), current);
      continue;
    }
    const [status, path] = line.split("\t");
    if (status === undefined || path === undefined || current === undefined) continue;
    if (status === "A") current.added.push(path);
    else if (status === "D") current.removed.push(path);
    else current.modified.push(path);
  }
  return found;
}

function viewPushed(github: Github, repository: Repository, commit: Commit, files: Touched | undefined) {
  const person = ({ name, email }: Person) => {
    const login = /^\d+\+(.+)@users\.noreply\.github\.local$/.exec(email)?.[1];
    return { name, email, ...(login === undefined ? {} : { username: login }) };
  };
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: htmlUrl(github, repository, `/commit/${commit.sha}`),
    author: person(commit.author),
    committer: person(commit.committer),
    added: files?.added ?? [],
    removed: files?.removed ?? [],
    modified: files?.modified ?? [],
  };
}
