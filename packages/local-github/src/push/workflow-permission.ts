import type { Caller } from "../auth/caller.ts";
import type { GitRepository, RefChange } from "../git/git-repository.ts";
import { zero_sha } from "../git/git-repository.ts";
import { HttpError } from "../rest/http-error.ts";
import type { Repository } from "../state/documents.ts";

/**
 * Refs that bring in other workflow files need the permission "Workflows: write" beside contents.
 * Compares the folder's tree with the one at the old place, or at the default branch for a new ref.
 */
export async function checkWorkflowPermission(
  caller: Caller,
  git: GitRepository,
  changes: readonly RefChange[],
  repository: Repository,
): Promise<void> {
  const refusal = await workflowRefusal(caller, git, changes, repository);
  if (refusal === undefined) return;
  throw new HttpError(403, refusal, { headers: { "x-accepted-github-permissions": "contents=write,workflows=write" } });
}

export async function workflowRefusal(
  caller: Caller,
  git: GitRepository,
  changes: readonly RefChange[],
  repository: Repository,
): Promise<string | undefined> {
  if (caller.kind !== "token" || caller.permissions === null || caller.permissions["workflows"] === "write")
    return undefined;
  const main = (await git.ref(`refs/heads/${repository.default_branch}`))?.sha;
  for (const { before, after } of changes) {
    if (after === zero_sha) continue;
    const old = before === zero_sha ? main : before;
    const old_tree = old === undefined ? undefined : (await git.read(`${old}:.github/workflows`))?.sha;
    const new_tree = (await git.read(`${after}:.github/workflows`))?.sha;
    if (new_tree === undefined || new_tree === old_tree) continue;
    return caller.token.kind === "personal" || caller.token.kind === "oauth"
      ? "Resource not accessible by personal access token"
      : "Resource not accessible by integration";
  }
  return undefined;
}
