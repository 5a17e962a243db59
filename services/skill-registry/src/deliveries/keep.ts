import { type DeliveryKind, deliveryOwes } from "@infraskill/contracts/owed";
import type { Job } from "@infraskill/contracts/queues";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import { owedJob, type TimeScale } from "../owed/owe.ts";

export type NewDelivery = {
  kind: DeliveryKind;
  guid: string;
  event: string;
  body: Uint8Array;
  body_hash: Uint8Array;
  execution_id?: string;
};

/**
 * Keeps an inbound message in one statement; one that is known by its GUID or its body is a duplicate. A duplicate whose processing failed is owed
 * once more, so that a redelivery heals it.
 */
export async function keepDelivery(
  db: Db,
  scale: TimeScale,
  message: NewDelivery,
): Promise<{ duplicate: boolean; jobs: Job[] }> {
  const owed = deliveryOwes[message.kind];
  const due = sql<Date>`clock_timestamp() + ${owed.again_ms * scale} * interval '1 millisecond'`;
  const kept = await db
    .insertInto("deliveries")
    .values({ ...message, due_at: due })
    .onConflict((conflict) => conflict.doNothing())
    .returning(["id", "version", "due_at"])
    .executeTakeFirst();
  const row = kept ?? (await replayFailed(db, message.guid, due));
  const jobs = row?.due_at ? [owedJob(owed, { entity: "delivery", id: row.id }, row.version, row.due_at)] : [];
  return { duplicate: kept === undefined, jobs };
}

/** Keeps a message whose effect is committed with it, so that nothing is owed; false when it is known already. */
export async function keepProcessed(trx: Db, message: NewDelivery): Promise<boolean> {
  const kept = await trx
    .insertInto("deliveries")
    .values({ ...message, status: "processed", processed_at: sql<Date>`clock_timestamp()` })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return kept !== undefined;
}

async function replayFailed(db: Db, guid: string, due: ReturnType<typeof sql<Date>>) {
  return db
    .updateTable("deliveries")
    .set((eb) => ({ status: "received", due_at: due, attempts: 0, reason: null, version: eb("version", "+", 1) }))
    .where("guid", "=", guid)
    .where("status", "=", "failed")
    .returning(["id", "version", "due_at"])
    .executeTakeFirst();
}
