import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";
import type { StatusDescription } from "./describe-check.ts";

/**
 * Shows a verdict at a commit as a commit status, for tokens: GitHub lets only Apps make check runs. A commit whose newest status of this name says the
 * same keeps it. https://docs.github.com/rest/commits/statuses
 */
export async function showStatus(
  { octokit, repository }: Github,
  sha: string,
  context: string,
  { state, description }: StatusDescription,
): Promise<{ kind: "ok" } | Failure> {
  const shown = await attempt(() =>
    octokit.request("GET /repos/{owner}/{repo}/commits/{ref}/statuses", { ...repository, ref: sha, per_page: 100 }),
  );
  if (shown.kind !== "ok") return shown;
  const newest = shown.data.find((status) => status.context === context);
  if (newest?.state === state && newest.description === description) return { kind: "ok" };
  const made = await attempt(() =>
    octokit.request("POST /repos/{owner}/{repo}/statuses/{sha}", { ...repository, sha, context, state, description }),
  );
  return made.kind === "ok" ? { kind: "ok" } : made;
}
