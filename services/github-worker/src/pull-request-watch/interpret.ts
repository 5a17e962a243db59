import type { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { Conditional } from "@infraskill/github/conditional";
import { waitAfter, UNTIL_REPAIRED_MS } from "@infraskill/github/waiting";

export type PullState = { state: string; merged?: boolean | null; merge_commit_sha?: string | null };

/**
 * What a look at an open pull request means.
 * @param etag what is known from the look before
 * @param visible whether the repository itself answers, asked only when the pull request is not found (404): pull requests cannot be deleted, so one
 * that is missing from a repository that is there was never in it, and counts as closed
 */
export function interpretPull(
  answer: Conditional<PullState>,
  etag: string | null,
  visible: boolean | undefined,
): RevisionEvent {
  switch (answer.kind) {
    case "unchanged":
      return { type: "watched", etag };
    case "ok":
      return interpretState(answer.data, answer.etag);
    case "refused":
      if ((answer.status === 404 || answer.status === 410) && visible === true) return { type: "closed" };
      break;
    case "unauthorised":
    case "limited":
    case "not_sent":
    case "unknown":
      break;
  }
  return { type: "watched", etag, wait_ms: waitAfter(answer) ?? UNTIL_REPAIRED_MS };
}

function interpretState({ state, merged, merge_commit_sha }: PullState, etag: string | null): RevisionEvent {
  if (merged === true && /^[0-9a-f]{40}$/.test(merge_commit_sha ?? "")) {
    return { type: "merged", merge_commit_sha: merge_commit_sha ?? "" };
  }
  // Merged without its commit is a half-written answer: asked again without an ETag.
  if (merged === true) return { type: "watched", etag: null, wait_ms: 2_000 };
  if (state === "closed") return { type: "closed" };
  return { type: "watched", etag: etag !== null && etag.length <= 200 ? etag : null };
}
