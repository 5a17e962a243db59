import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import type { Edit } from "@infraskill/contracts/diagnostic";
import { isSeq } from "yaml";
import { addEntry, addItem, replaceValue } from "../edit/splice.ts";
import { jobOf, type Job, type SkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import { fixBy } from "../mends/fix-by.ts";
import { proofs } from "../skill/contract-proofs.ts";
import type { Finding } from "./rule.ts";

// What the rules about claim and report share.

/** The labels on which the file's own job runs, for a contract job beside it. */
export function runnerOf(file: SkillFile): string | string[] {
  const labels = (jobOf(file, "execute") ?? file.jobs[0])?.runs_on.map(({ value }) => value) ?? [];
  const fixed = labels.length > 0 && labels.every((label) => !label.includes("${{"));
  return fixed ? (labels.length === 1 ? labels[0]! : labels) : "ubuntu-latest";
}

export function addNeed(file: SkillFile, job: Job, need: string): Edit | undefined {
  const { source } = file;
  const needs = pairOf(source, job.node, "needs")?.value;
  if (isSeq(needs)) return addItem(source, needs, need);
  const [single] = job.needs;
  if (single !== undefined) return replaceValue(source, single.node, [single.value, need]);
  return needs === undefined ? addEntry(source, job.node, "needs", need, "name") : undefined;
}

/** In the mode `oidc` a contract job proves which run it is by a token, and may do nothing else with it. */
export function* grantTokens(file: SkillFile, job: Job, mode: CallbackMode): Iterable<Finding> {
  const { source } = file;
  if (mode !== "oidc" || mayMintTokens(job)) return;
  const wanted = proofs.oidc.permissions;
  const edit =
    job.permissions === undefined
      ? addEntry(source, job.node, "permissions", wanted, "timeout-minutes")
      : job.permissions.scopes.length === 0
        ? replaceValue(source, job.permissions.node, wanted)
        : addEntry(source, job.permissions.node, "id-token", "write");
  yield {
    message: `${job.id.value} needs permissions: { id-token: write } to prove which run it is.`,
    place: job.id.place,
    fix: fixBy("Let it prove which run it is", edit),
  };
}

function mayMintTokens(job: Job): boolean {
  return (
    job.permissions?.scopes.some(({ scope, access }) => scope.value === "id-token" && access.value === "write") ?? false
  );
}
