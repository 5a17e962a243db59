import { type ChoreOutcome, chores, type WorkerChore } from "@infraskill/contracts/chores";
import type { Job } from "@infraskill/contracts/queues";
import type { Applied } from "@infraskill/contracts/registry/answers";
import type { Db } from "../database/connect.ts";
import { applyFacts } from "../deliveries/facts.ts";
import type { Terms } from "../executions/terms.ts";
import { lockChore, moveChore, noteDone, noteFailure } from "./store.ts";

type ChoreReport = { name: WorkerChore; version: number; outcome: ChoreOutcome };

/** Commits what came of a worker's chore together with the effect of what it found; from then on it is due again when its time has come. */
export async function applyToChore(trx: Db, report: ChoreReport, terms: Terms): Promise<Applied> {
  const { name, version, outcome } = report;
  const row = await lockChore(trx, name, version);
  if (row === undefined) return { applied: false, reason: "the chore has moved on", version, status: "due", jobs: [] };

  const jobs: Job[] = [];
  if (outcome.type === "done") {
    jobs.push(...(await applyFacts(trx, outcome.facts, terms)));
    await noteDone(trx, name, outcome.result);
    await moveChore(trx, name, chores[name].every_ms * terms.scale);
  } else {
    await noteFailure(trx, name, outcome.detail);
    await moveChore(trx, name, outcome.wait_ms);
  }
  return { applied: true, version: version + 1, status: outcome.type, jobs };
}
