import type { Job } from "@infraskill/contracts/queues";
import type { Applied } from "@infraskill/contracts/registry/answers";
import type { DeliveryOutcome, WebhookFact } from "@infraskill/contracts/worker-events";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { DeliveryRow } from "../database/schema.ts";
import { applyToExecution } from "../executions/apply.ts";
import type { Terms } from "../executions/terms.ts";
import { decideDelivery } from "./decide.ts";
import { applyFacts } from "./facts.ts";
import { readCallback } from "./kept-callback.ts";

type DeliveryReport = { id: number; version: number; outcome: DeliveryOutcome };

/**
 * Commits what came of a delivery together with its effect: it counts as done only when its effect is. One without an effect takes no lock, because its
 * row is written only at the version that was read. Undefined when there is no such delivery.
 */
export async function reportDelivery(db: Db, report: DeliveryReport, terms: Terms): Promise<Applied | undefined> {
  if (report.outcome.type === "processed") {
    return db.transaction().execute(async (trx) => {
      return applyToRow(trx, await readDelivery(trx, report.id).forUpdate().executeTakeFirst(), report, terms);
    });
  }
  return applyToRow(db, await readDelivery(db, report.id).executeTakeFirst(), report, terms);
}

type KnownDelivery = Omit<DeliveryRow, "body"> & { now: Date };

async function applyToRow(
  trx: Db,
  row: KnownDelivery | undefined,
  report: DeliveryReport,
  terms: Terms,
): Promise<Applied | undefined> {
  if (row === undefined) return undefined;
  if (row.version !== report.version) return ignored(row, "the row has moved on");
  const decision = decideDelivery(row, report.outcome, row.now, terms.scale);
  if (decision.kind === "ignored") return ignored(row, decision.reason);

  const jobs = report.outcome.type === "processed" ? await effects(trx, row, report.outcome.facts, terms) : [];
  const done = decision.status !== "received";
  const { numUpdatedRows } = await trx
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
    .where("version", "=", row.version)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) return ignored(row, "the row has moved on");
  return { applied: true, version: row.version + 1, status: decision.status, jobs };
}

/** Without its body, which may be large and which only a callback is applied from. */
function readDelivery(db: Db, id: number) {
  return db
    .selectFrom("deliveries")
    .select(["id", "kind", "guid", "event", "body_hash", "execution_id", "status", "version", "due_at", "attempts"])
    .select(["reason", "received_at", "processed_at", sql<Date>`clock_timestamp()`.as("now")])
    .where("id", "=", id);
}

async function effects(trx: Db, row: KnownDelivery, facts: readonly WebhookFact[], terms: Terms): Promise<Job[]> {
  if (row.kind === "callback") return applyCallback(trx, row, terms);
  return applyFacts(trx, facts, terms);
}

async function applyCallback(trx: Db, { id, execution_id: of }: KnownDelivery, terms: Terms): Promise<Job[]> {
  const execution_id = of ?? "";
  const { body } = await trx.selectFrom("deliveries").select("body").where("id", "=", id).executeTakeFirstOrThrow();
  const happening = { type: "reported", ...(await readCallback(trx, execution_id, body)) } as const;
  const actor = `run ${happening.run_id}`;
  const applied = await applyToExecution(trx, { execution_id, happening, actor }, terms);
  return applied?.jobs ?? [];
}

function ignored(row: KnownDelivery, reason: string): Applied {
  return { applied: false, reason, version: row.version, status: row.status, jobs: [] };
}
