import { gitOf, type Github } from "../github.ts";
import { aheadBehind } from "../git/history.ts";
import { isMergeable } from "../git/merge.ts";
import type { Protection, Pull, Repository } from "../state/documents.ts";
import { latestVerdicts, type Verdict } from "./commit-statuses.ts";

export type Assessment = {
  /** null: not open any more, so GitHub does not say. */
  mergeable: boolean | null;
  state: "clean" | "dirty" | "blocked" | "behind" | "unstable" | "unknown" | "draft";
  /** Why it cannot be merged now, in GitHub's words; null when it can. */
  reason: string | null;
};

const merge_memory = new Map<string, boolean>();

/** Whether a pull request can be merged, and if not, why. */
export async function assessMerge(github: Github, repository: Repository, pull: Pull): Promise<Assessment> {
  if (pull.state === "closed") return { mergeable: null, state: "unknown", reason: "Pull Request is closed" };
  const git = gitOf(github, repository);
  const base = (await git.ref(`refs/heads/${pull.base_ref}`))?.sha ?? pull.base_sha;
  const pair = `${repository.id}:${base}:${pull.head_sha}`;
  let mergeable = merge_memory.get(pair);
  if (mergeable === undefined) {
    mergeable = await isMergeable(git, base, pull.head_sha);
    if (merge_memory.size > 2000) merge_memory.clear();
    merge_memory.set(pair, mergeable);
  }
  if (!mergeable) return { mergeable: false, state: "dirty", reason: "Pull Request is not mergeable" };
  if (pull.draft) return { mergeable, state: "draft", reason: "Pull Request is still a draft" };
  const protection = github.state.protections.first({ repository_id: repository.id, branch: pull.base_ref });
  const checks = latestVerdicts(github, repository, pull.head_sha);
  if (protection !== undefined) {
    const missing = missingReview(github, repository, pull, protection) ?? missingCheck(protection, checks);
    if (missing !== null) return { mergeable, state: "blocked", reason: missing };
    if (protection.strict && (await aheadBehind(git, base, pull.head_sha)).behind > 0) {
      return { mergeable, state: "behind", reason: "Head branch was modified. Review and try the merge again." };
    }
  }
  const unstable = checks.some((check) => check.status !== "completed" || isFailure(check));
  return { mergeable, state: unstable ? "unstable" : "clean", reason: null };
}

function missingReview(github: Github, repository: Repository, pull: Pull, protection: Protection): string | null {
  if (protection.required_reviews === null || protection.required_reviews === 0) return null;
  const newest = new Map<string, string>();
  for (const review of github.state.reviews.find({
    where: { repository_id: repository.id, pull_number: pull.number },
  })) {
    if (review.state !== "COMMENTED") newest.set(review.user, review.state);
  }
  const states = [...newest.values()];
  if (states.includes("CHANGES_REQUESTED")) return "Changes have been requested.";
  const approvals = states.filter((state) => state === "APPROVED").length;
  if (approvals >= protection.required_reviews) return null;
  const reviews =
    protection.required_reviews === 1
      ? "1 approving review is"
      : `${protection.required_reviews} approving reviews are`;
  return `At least ${reviews} required by reviewers with write access.`;
}

function missingCheck(protection: Protection, checks: Verdict[]): string | null {
  for (const name of protection.contexts ?? []) {
    const check = checks.find((candidate) => candidate.name === name);
    if (check === undefined || check.status !== "completed") return `Required status check "${name}" is expected.`;
    if (isFailure(check)) return `Required status check "${name}" is failing.`;
  }
  return null;
}

function isFailure(check: Verdict): boolean {
  return check.conclusion !== "success" && check.conclusion !== "neutral" && check.conclusion !== "skipped";
}
