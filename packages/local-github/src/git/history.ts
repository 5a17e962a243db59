import type { GitRepository } from "./git-repository.ts";
import { git, tryGit } from "./run-git.ts";

export type CommitFilter = {
  path?: string;
  since?: string;
  until?: string;
  author?: string;
  skip: number;
  limit: number;
};

/** Shas from newest to oldest, reachable from `sha`. */
export async function listCommits(repository: GitRepository, sha: string, filter: CommitFilter): Promise<string[]> {
  const args = ["rev-list", `--skip=${filter.skip}`, `--max-count=${filter.limit}`];
  if (filter.since !== undefined) args.push(`--since=${filter.since}`);
  if (filter.until !== undefined) args.push(`--until=${filter.until}`);
  if (filter.author !== undefined) args.push("--fixed-strings", `--author=${filter.author}`);
  args.push(sha, "--");
  if (filter.path !== undefined) args.push(filter.path);
  return lines(await git(repository.git_dir, args));
}

/** Shas that `head` has and `base` has not, oldest first. */
export async function commitsBetween(repository: GitRepository, base: string, head: string): Promise<string[]> {
  return lines(await git(repository.git_dir, ["rev-list", "--reverse", "--topo-order", head, `^${base}`, "--"]));
}

export async function mergeBase(repository: GitRepository, a: string, b: string): Promise<string | undefined> {
  const result = await tryGit(repository.git_dir, ["merge-base", a, b]);
  return result.code === 0 ? result.stdout.toString().trim() : undefined;
}

export async function aheadBehind(
  repository: GitRepository,
  base: string,
  head: string,
): Promise<{ ahead: number; behind: number }> {
  const text = await git(repository.git_dir, ["rev-list", "--left-right", "--count", `${base}...${head}`, "--"]);
  const [behind = 0, ahead = 0] = text.trim().split(/\s+/).map(Number);
  return { ahead, behind };
}

export async function isAncestor(repository: GitRepository, ancestor: string, of: string): Promise<boolean> {
  return (await tryGit(repository.git_dir, ["merge-base", "--is-ancestor", ancestor, of])).code === 0;
}

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
