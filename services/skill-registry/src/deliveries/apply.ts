import type { Job } from "@infraskill/contracts/queues";
import type { Applied } from "@infraskill/contracts/registry/answers";
import type { DeliveryOutcome, WebhookFact } from "@infraskill/contracts/worker-events";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { DeliveryRow } from "../database/schema.ts";
import { applyToExecution } from "../executions/apply.ts";
import type { Terms } from "../executions/terms.ts";
import { decideDelivery } from "./decide.ts";
import { applyFact } from "./facts.ts";
import { readCallback } from "./kept-callback.ts";

/** Commits what came of a delivery together with its effect: it counts as done only when its effect is. Undefined when there is no such delivery. */
export async function applyToDelivery(
  trx: Db,
  report: { id: number; version: number; outcome: DeliveryOutcome },
  terms: Terms,
): Promise<Applied | undefined> {
  const row = await lockDelivery(trx, report.id);
  if (row === undefined) return undefined;
  if (row.version !== report.version) return ignored(row, "the row has moved on");
  const decision = decideDelivery(row, report.outcome, row.now, terms.scale);
  if (decision.kind === "ignored") return ignored(row, decision.reason);

  const jobs = report.outcome.type === "processed" ? await effects(trx, row, report.outcome.facts, terms) : [];
  const done = decision.status !== "received";
  await trx
    .updateTable("deliveries")
    .set({
      status: decision.status,
      version: row.version + 1,
      due_at: decision.due.due_at,
      attempts: decision.attempts,
      reason: decision.reason,
      processed_at: done ? row.now : null,
    })
    .where("id", "=", row.id)
    .execute();
  return { applied: true, version: row.version + 1, status: decision.status, jobs };
}

async function lockDelivery(trx: Db, id: number): Promise<(DeliveryRow & { now: Date }) | undefined> {
  return trx
    .selectFrom("deliveries")
    .selectAll()
    .select(sql<Date>`clock_timestamp()`.as("now"))
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

async function effects(trx: Db, row: DeliveryRow, facts: readonly WebhookFact[], terms: Terms): Promise<Job[]> {
  if (row.kind === "callback") return applyCallback(trx, row, terms);
  const jobs: Job[] = [];
  for (const fact of facts) jobs.push(...(await applyFact(trx, fact, terms)));
  return jobs;
}

async function applyCallback(trx: Db, row: DeliveryRow, terms: Terms): Promise<Job[]> {
  const execution_id = row.execution_id ?? "";
  const happening = { type: "reported", ...(await readCallback(trx, execution_id, row.body)) } as const;
  const actor = `run ${happening.run_id}`;
  const applied = await applyToExecution(trx, { execution_id, happening, actor }, terms);
  return applied?.jobs ?? [];
}

function ignored(row: DeliveryRow, reason: string): Applied {
  return { applied: false, reason, version: row.version, status: row.status, jobs: [] };
}
