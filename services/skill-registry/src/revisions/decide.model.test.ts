import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { decideRevision, type RevisionHappening } from "./decide.ts";

const now = new Date("2026-11-22T10:00:00Z");
const sha = "c".repeat(40);
const text = "hash of the text";
const verdict = { hash: text, diagnostics: [] };

/** Each as often as another, a verdict about another text included: it comes when a slow check ends after its time. */
const happenings = [
  { type: "found_valid", ...verdict },
  { type: "found_valid", ...verdict, hash: "another" },
  { type: "found_invalid", ...verdict },
  { type: "rechecked", ...verdict, rules_version: "2" },
  { type: "pr_opened", pr_number: 1, pr_url: "u", head_sha: sha, blob_sha: sha },
  { type: "pr_refused", detail: "no" },
  { type: "postponed", detail: "later", wait_ms: 1 },
  { type: "watched", etag: null },
  { type: "merged", merge_commit_sha: sha },
  { type: "closed" },
  { type: "reopened" },
  { type: "activated", commit_hash: sha, blob_sha: sha, workflow_id: 1, yaml_content: "", ...verdict },
  { type: "activation_refused", detail: "no" },
  { type: "merge_disproved" },
  { type: "superseded" },
  { type: "drifted", detail: "changed" },
  { type: "restored" },
  { type: "replaced" },
  { type: "discarded", by: "ada" },
  { type: "archived" },
] satisfies RevisionHappening[];

/** The way of a revision, told a second time: what has to be so for something to count, and where it leads. */
function follow(status: RevisionStatus, { type, ...more }: RevisionHappening): RevisionStatus {
  const stale = "hash" in more && more.hash !== text;
  const over = status === "superseded" || status === "archived";
  if (over || stale) return status;
  const open = status === "pending_approval";
  /** It has a pull request that can be merged, or may be getting one. */
  const proposed = open || status === "opening_pr";
  const live = status === "active" || status === "drifted";
  switch (type) {
    case "archived":
      return proposed || status === "rejected" || status === "discarding" || status === "retiring"
        ? "retiring"
        : "archived";
    case "found_valid":
      return status === "validating" ? "opening_pr" : status;
    case "found_invalid":
      return status === "validating" ? "invalid" : status;
    case "pr_opened":
      return status === "opening_pr" ? "pending_approval" : status;
    case "pr_refused":
      return status === "opening_pr" ? "failed" : status;
    case "merged":
      if (status === "retiring") return "archived";
      return open || status === "rejected" || status === "discarding" ? "activating" : status;
    case "closed":
      if (status === "discarding" || status === "retiring") return "archived";
      return open ? "rejected" : status;
    case "replaced":
      if (proposed) return "discarding";
      return status === "validating" ? "archived" : status;
    case "discarded":
      if (proposed || status === "rejected") return "discarding";
      return status === "validating" || status === "invalid" || status === "failed" ? "archived" : status;
    case "reopened":
      return status === "rejected" ? "pending_approval" : status;
    case "activated":
      return status === "activating" ? "active" : status;
    case "merge_disproved":
      return status === "activating" ? "pending_approval" : status;
    case "activation_refused":
      return status === "activating" ? "failed" : status;
    case "superseded":
      return live ? "superseded" : status;
    case "drifted":
      return status === "active" ? "drifted" : status;
    case "restored":
      return status === "drifted" ? "active" : status;
    case "postponed":
    case "watched":
    case "rechecked":
      return status;
  }
}

/** On the way a check, a pull request and a merge come before the rest; otherwise most walks would end at their first step. */
const plan = fc.record({
  ahead: fc.integer({ min: 0, max: 4 }),
  next: fc.array(fc.constantFrom<RevisionHappening>(...happenings), { maxLength: 12 }),
});
const main_way = ["found_valid", "pr_opened", "merged", "activated"].map((name) =>
  happenings.find(({ type }) => type === name),
) as RevisionHappening[];

it("10,000 random walks through revisions agree with the model", () => {
  fc.assert(
    fc.property(plan, ({ ahead, next }) => {
      const known = {
        diagnostics: [],
        rules_version: "1",
        rechecked_rules_version: null,
        new_findings: null,
        current_rules: "2",
      };
      let row = { ...known, status: "validating" as RevisionStatus, hash: text };
      let expected: RevisionStatus = "validating";
      for (const happening of [...main_way.slice(0, ahead), ...next]) {
        const decided = decideRevision(row, happening, now, 1);
        if (decided.kind === "changed") row = { ...row, status: decided.status };
        expected = follow(expected, happening);
        expect({ happening, status: row.status }).toEqual({ happening, status: expected });
      }
    }),
    { numRuns: 10_000 },
  );
}, 60_000);
