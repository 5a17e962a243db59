import { RevisionEvent } from "@infraskill/contracts/worker-events";
import type { Conditional } from "@infraskill/github/conditional";
import { expect, it } from "vitest";
import { interpretPull, type PullState } from "./interpret.ts";

const sha = "c".repeat(40);
const found = (data: PullState, etag: string | null = "new"): Conditional<PullState> => ({
  kind: "ok",
  status: 200,
  headers: {},
  data,
  etag,
});
const missing: Conditional<PullState> = { kind: "refused", status: 404, message: "Not Found", errors: [] };

it.each<[string, Conditional<PullState>, boolean | undefined, RevisionEvent]>([
  ["nothing new", { kind: "unchanged" }, undefined, { type: "watched", etag: "old" }],
  [
    "still open",
    found({ state: "open", merged: false, merge_commit_sha: sha }),
    undefined,
    { type: "watched", etag: "new" },
  ],
  ["an ETag too long to keep", found({ state: "open" }, "x".repeat(201)), undefined, { type: "watched", etag: null }],
  [
    "merged",
    found({ state: "closed", merged: true, merge_commit_sha: sha }),
    undefined,
    { type: "merged", merge_commit_sha: sha },
  ],
  [
    "merged without a commit",
    found({ state: "closed", merged: true }),
    undefined,
    { type: "watched", etag: null, wait_ms: 2_000 },
  ],
  [
    "closed, with a commit all the same",
    found({ state: "closed", merged: false, merge_commit_sha: sha }),
    undefined,
    { type: "closed" },
  ],
  ["gone from a repository that answers", missing, true, { type: "closed" }],
  ["gone with its repository", missing, false, { type: "watched", etag: "old", wait_ms: 60_000 }],
  [
    "limited",
    { kind: "limited", retry_after_ms: 5_000, message: "" },
    undefined,
    { type: "watched", etag: "old", wait_ms: 5_000 },
  ],
  ["down", { kind: "unknown", message: "502" }, undefined, { type: "watched", etag: "old", wait_ms: 10_000 }],
  ["unauthorised", { kind: "unauthorised", message: "" }, undefined, { type: "watched", etag: "old", wait_ms: 60_000 }],
])("reads %s", (_, answer, visible, event) => {
  expect(interpretPull(answer, "old", visible)).toEqual(event);
  expect(RevisionEvent.parse(event)).toEqual(event);
});
