import { type DeliveryKind, deliveryOwes } from "@infraskill/contracts/owed";
import type { Job } from "@infraskill/contracts/queues";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { DeliveryRow } from "../database/schema.ts";
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
  const kept = await db
    .insertInto("deliveries")
    .values({ ...message, due_at: dueTime(message.kind, scale) })
    .onConflict((conflict) => conflict.doNothing())
    .returning(["id", "version", "due_at"])
    .executeTakeFirst();
  if (kept === undefined) return { duplicate: true, jobs: (await owedAgain(db, scale, message))?.jobs ?? [] };
  return { duplicate: false, jobs: jobsOf(message.kind, kept) };
}

/** What a message has become whose effect is committed with it. */
export const processed = { status: "processed", processed_at: sql<Date>`clock_timestamp()` } as const;

/** Keeps a message whose effect is committed with it, so that nothing is owed; false when it is known already. */
export async function keepProcessed(trx: Db, message: NewDelivery): Promise<boolean> {
  const kept = await trx
    .insertInto("deliveries")
    .values({ ...message, ...processed })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return kept !== undefined;
}

/** Owes the reading of a delivery anew; undefined unless it has failed. */
export async function owedAgain(
  db: Db,
  scale: TimeScale,
  { kind, guid }: Pick<NewDelivery, "kind" | "guid">,
): Promise<{ version: number; jobs: Job[] } | undefined> {
  const row = await db
    .updateTable("deliveries")
    .set((eb) => ({
      status: "received",
      due_at: dueTime(kind, scale),
      attempts: 0,
      reason: null,
      processed_at: null,
      version: eb("version", "+", 1),
    }))
    .where("guid", "=", guid)
    .where("status", "=", "failed")
    .returning(["id", "version", "due_at"])
    .executeTakeFirst();
  return row === undefined ? undefined : { version: row.version, jobs: jobsOf(kind, row) };
}

function dueTime(kind: DeliveryKind, scale: TimeScale) {
  return sql<Date>`clock_timestamp() + ${deliveryOwes[kind].again_ms * scale} * interval '1 millisecond'`;
}

function jobsOf(kind: DeliveryKind, { id, version, due_at }: Pick<DeliveryRow, "id" | "version" | "due_at">): Job[] {
  return due_at === null ? [] : [owedJob(deliveryOwes[kind], { entity: "delivery", id }, version, due_at)];
}
