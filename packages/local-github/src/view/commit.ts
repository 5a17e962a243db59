import type { Github } from "../github.ts";
import type { FileChange } from "../git/diff.ts";
import type { Commit, TreeEntry } from "../git/objects.ts";
import { isFolder } from "../git/objects.ts";
import type { Repository } from "../state/documents.ts";
import { viewAccount } from "./account.ts";
import { encodePath, htmlUrl, nodeId, repoUrl } from "./urls.ts";

const unverified = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** `commit`: lists of commits, GET commits/{ref}. */
export function viewCommit(github: Github, repository: Repository, commit: Commit) {
  const url = repoUrl(github, repository, `/commits/${commit.sha}`);
  return {
    sha: commit.sha,
    node_id: nodeId("C", repository.id, commit.sha),
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: repoUrl(github, repository, `/git/trees/${commit.tree}`) },
      url: repoUrl(github, repository, `/git/commits/${commit.sha}`),
      comment_count: 0,
      verification: unverified,
    },
    url,
    html_url: htmlUrl(github, repository, `/commit/${commit.sha}`),
    comments_url: `${url}/comments`,
    author: viewPerson(github, commit.author.email),
    committer: viewPerson(github, commit.committer.email),
    parents: commit.parents.map((sha) => ({
      sha,
      url: repoUrl(github, repository, `/commits/${sha}`),
      html_url: htmlUrl(github, repository, `/commit/${sha}`),
    })),
  };
}

export function viewCommitWithFiles(github: Github, repository: Repository, commit: Commit, files: FileChange[]) {
  const additions = sum(files.map((file) => file.additions));
  const deletions = sum(files.map((file) => file.deletions));
  return {
    ...viewCommit(github, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map((file) => viewFile(github, repository, commit.sha, file)),
  };
}

/** `git-commit`: the git data API. */
export function viewGitCommit(github: Github, repository: Repository, commit: Commit) {
  return {
    sha: commit.sha,
    node_id: nodeId("C", repository.id, commit.sha),
    url: repoUrl(github, repository, `/git/commits/${commit.sha}`),
    html_url: htmlUrl(github, repository, `/commit/${commit.sha}`),
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: repoUrl(github, repository, `/git/trees/${commit.tree}`) },
    message: commit.message,
    parents: commit.parents.map((sha) => ({
      sha,
      url: repoUrl(github, repository, `/git/commits/${sha}`),
      html_url: htmlUrl(github, repository, `/commit/${sha}`),
    })),
    verification: unverified,
  };
}

/** `diff-entry` */
export function viewFile(github: Github, repository: Repository, sha: string, file: FileChange) {
  const path = encodePath(file.filename);
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: htmlUrl(github, repository, `/blob/${sha}/${path}`),
    raw_url: htmlUrl(github, repository, `/raw/${sha}/${path}`),
    contents_url: repoUrl(github, repository, `/contents/${path}?ref=${sha}`),
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previous_filename === null ? {} : { previous_filename: file.previous_filename }),
  };
}

/** An entry of `git-tree`. */
export function viewTreeEntry(github: Github, repository: Repository, entry: TreeEntry, path: string, size?: number) {
  const type = isFolder(entry.mode) ? "tree" : entry.mode === "160000" ? "commit" : "blob";
  return {
    path,
    mode: entry.mode,
    type,
    sha: entry.sha,
    ...(size === undefined ? {} : { size }),
    ...(type === "commit" ? {} : { url: repoUrl(github, repository, `/git/${type}s/${entry.sha}`) }),
  };
}

function viewPerson(github: Github, email: string) {
  const login = /^\d+\+(.+)@users\.noreply\.github\.local$/.exec(email)?.[1];
  const account = login === undefined ? undefined : github.state.accounts.first({ key: login.toLowerCase() });
  return account === undefined ? null : viewAccount(github, account);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
