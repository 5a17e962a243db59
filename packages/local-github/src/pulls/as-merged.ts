import type { Pull } from "../state/documents.ts";
import { timestamp } from "../time.ts";

/** The pull request once it is merged as this commit. */
export function asMerged(pull: Pull, sha: string, by: string): Pull {
  const now = timestamp();
  return {
    ...pull,
    state: "closed",
    merged: true,
    merged_at: now,
    merged_by: by,
    merge_commit_sha: sha,
    merging: null,
    closed_at: now,
    updated_at: now,
  };
}
