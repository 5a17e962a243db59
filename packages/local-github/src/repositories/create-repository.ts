import { gitDir, gitOf, record, type Github } from "../github.ts";
import { GitRepository, zero_sha } from "../git/git-repository.ts";
import { afterPush } from "../push/after-push.ts";
import type { Account, Repository } from "../state/documents.ts";
import { timestamp } from "../time.ts";
import { accountOf, keepAccount } from "../view/account.ts";

export type NewRepository = {
  owner: string;
  name: string;
  private: boolean;
  description: string | null;
  auto_init: boolean;
  default_branch?: string;
  owner_type?: Account["type"];
};

/** Makes a bare repository; with `auto_init` its default branch starts with a README. */
export async function createRepository(github: Github, wanted: NewRepository, actor: string): Promise<Repository> {
  let owner = accountOf(github, wanted.owner);
  if (wanted.owner_type !== undefined && wanted.owner_type !== owner.type) {
    owner = keepAccount(github, { ...owner, type: wanted.owner_type });
  }
  const id = github.state.next("repositories", 500_001);
  const now = timestamp();
  const repository: Repository = {
    id,
    owner_id: owner.id,
    owner: owner.login,
    name: wanted.name,
    key: `${owner.login}/${wanted.name}`.toLowerCase(),
    private: wanted.private,
    description: wanted.description,
    default_branch: wanted.default_branch ?? "main",
    created_at: now,
    updated_at: now,
    pushed_at: now,
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    delete_branch_on_merge: false,
    vars: {},
    secrets: {},
  };
  const git = await GitRepository.create(gitDir(github, id), repository.default_branch);
  github.git_repositories.set(id, git);
  github.state.repositories.put(repository);
  record(github, "repository", { full_name: repository.key }, { repository_id: id });
  if (wanted.auto_init) await writeFirstCommit(github, repository, actor);
  return repository;
}

async function writeFirstCommit(github: Github, repository: Repository, actor: string): Promise<void> {
  const git = gitOf(github, repository);
  const account = accountOf(github, actor);
  const person = { name: account.name ?? account.login, email: account.email, date: timestamp() };
  const text = `# ${repository.name}\n${repository.description === null ? "" : `${repository.description}\n`}`;
  const blob = await git.write("blob", Buffer.from(text));
  const tree = await git.editTree(undefined, new Map([["README.md", { mode: "100644", sha: blob }]]));
  const sha = await git.writeCommit({
    tree,
    parents: [],
    author: person,
    committer: person,
    message: "Initial commit",
  });
  const change = { ref: `refs/heads/${repository.default_branch}`, before: zero_sha, after: sha };
  await git.exclusively(() => git.updateRefs([change]));
  await afterPush(github, repository, [change], actor);
}
