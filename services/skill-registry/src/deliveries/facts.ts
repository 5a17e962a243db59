import type { Job } from "@infraskill/contracts/queues";
import type { WebhookFact } from "@infraskill/contracts/worker-events";
import type { Db } from "../database/connect.ts";
import { applyToExecution } from "../executions/apply.ts";
import { executionByRun } from "../executions/store.ts";
import type { Terms } from "../executions/terms.ts";
import type { TimeScale } from "../owed/owe.ts";
import { applyToRevision } from "../revisions/apply.ts";
import type { RevisionHappening } from "../revisions/decide.ts";
import { awaitsBlob, liveRevisionByPath, newestRevisionByPullRequest } from "../revisions/store.ts";
import { lockSkillsOfFiles } from "../skills/store.ts";

const actor = "github";

/** Applies facts, each to the row it is about; facts about nothing of ours are a normal outcome. */
export async function applyFacts(trx: Db, facts: readonly WebhookFact[], terms: Terms): Promise<Job[]> {
  const files = facts.flatMap((fact) => (fact.type === "skill_file_seen" ? [fact.path] : []));
  if (files.length > 1) await lockSkillsOfFiles(trx, files);
  const jobs: Job[] = [];
  for (const fact of facts) jobs.push(...(await applyFact(trx, fact, terms)));
  return jobs;
}

async function applyFact(trx: Db, fact: WebhookFact, terms: Terms): Promise<Job[]> {
  const { scale } = terms;
  switch (fact.type) {
    case "pull_request_merged":
      return ofPullRequest(trx, fact.pr_number, { type: "merged", merge_commit_sha: fact.merge_commit_sha }, scale);
    case "pull_request_closed":
      return ofPullRequest(trx, fact.pr_number, { type: "closed" }, scale);
    case "pull_request_reopened":
      return ofPullRequest(trx, fact.pr_number, { type: "reopened" }, scale);
    case "skill_file_seen":
      return ofFile(trx, fact, scale);
    case "run_observed": {
      const execution = await executionByRun(trx, fact.run.run_id);
      if (execution === undefined) return [];
      const applied = await applyToExecution(
        trx,
        { ...execution, happening: { type: "run_observed", run: fact.run }, actor },
        terms,
      );
      return applied?.jobs ?? [];
    }
  }
}

async function ofPullRequest(
  trx: Db,
  pr_number: number,
  happening: RevisionHappening,
  scale: TimeScale,
): Promise<Job[]> {
  const revision = await newestRevisionByPullRequest(trx, pr_number);
  if (revision === undefined) return [];
  const applied = await applyToRevision(trx, { ...revision, happening, actor }, scale);
  return applied?.jobs ?? [];
}

/** A skill file that is no longer the approved one has drifted, unless the change is a merge on its way. */
async function ofFile(
  trx: Db,
  { path, blob_sha }: Extract<WebhookFact, { type: "skill_file_seen" }>,
  scale: TimeScale,
): Promise<Job[]> {
  const live = await liveRevisionByPath(trx, path);
  if (live === undefined) return [];
  if (blob_sha !== null && blob_sha !== live.blob_sha && (await awaitsBlob(trx, live.skill_id, blob_sha))) return [];
  const happening: RevisionHappening =
    blob_sha === live.blob_sha
      ? { type: "restored" }
      : {
          type: "drifted",
          detail:
            blob_sha === null ? "The file was removed outside infraskill." : "The file was changed outside infraskill.",
        };
  const applied = await applyToRevision(trx, { id: live.id, happening, actor }, scale);
  return applied?.jobs ?? [];
}
