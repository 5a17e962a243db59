import type { RunClaims } from "@infraskill/contracts/worker-events";
import { expect, it } from "vitest";
import { misfitOf } from "./claims.ts";

const commit_hash = "a".repeat(40);
const row = { skill_name: "disk-cleanup", revision: 3, commit_hash, repository_id: 1 };
const ref = "refs/tags/skill/disk-cleanup/3";
const claims: RunClaims = {
  repository: "acme/skills",
  repository_id: "1",
  run_id: "7",
  run_attempt: "1",
  event_name: "workflow_dispatch",
  ref,
  sha: commit_hash,
  workflow_ref: `acme/skills/.github/workflows/skill-disk-cleanup.yml@${ref}`,
};

it("finds nothing wrong with the run of this execution", () => {
  expect(misfitOf(row, "acme/skills", claims)).toBeUndefined();
  expect(misfitOf(row, "Acme/Skills", claims)).toBeUndefined();
  expect(misfitOf({ ...row, repository_id: null }, "acme/skills", claims)).toBeUndefined();
});

it.each<[string, Partial<RunClaims>]>([
  ["another repository", { repository: "evil/skills" }],
  ["another repository of that name", { repository_id: "2" }],
  ["a push", { event_name: "push" }],
  ["another workflow", { workflow_ref: `acme/skills/.github/workflows/skill-other.yml@${ref}` }],
  ["another revision's tag", { ref: "refs/tags/skill/disk-cleanup/2" }],
  ["a workflow at a branch", { workflow_ref: "acme/skills/.github/workflows/skill-disk-cleanup.yml@refs/heads/main" }],
  ["another commit", { sha: "b".repeat(40) }],
])("refuses the token of %s", (_what, change) => {
  expect(misfitOf(row, "acme/skills", { ...claims, ...change })).toBeDefined();
});
