import type { Delivery } from "@infraskill/contracts/delivery";
import type { DeliveryQuery } from "@infraskill/contracts/queries";
import { sql } from "kysely";
import { z } from "zod";
import type { Db } from "../database/connect.ts";
import { decodeCursor } from "../database/page.ts";
import type { DeliveryRow } from "../database/schema.ts";

const shown = [
  "id",
  "kind",
  "guid",
  "event",
  "execution_id",
  "status",
  "reason",
  "attempts",
  "received_at",
  "processed_at",
] as const;
type ShownDelivery = Pick<DeliveryRow, (typeof shown)[number]>;

export async function listDeliveries(db: Db, { status, kind, cursor, limit }: DeliveryQuery): Promise<ShownDelivery[]> {
  const before = decodeCursor(cursor, z.tuple([z.number().int()]));
  let rows = db.selectFrom("deliveries").select(shown);
  if (status !== undefined) rows = rows.where("status", "=", status);
  if (kind !== undefined) rows = rows.where("kind", "=", kind);
  if (before !== undefined) rows = rows.where("id", "<", before[0]);
  return rows
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
}

export async function findDelivery(db: Db, id: number): Promise<ShownDelivery | undefined> {
  return db.selectFrom("deliveries").select(shown).where("id", "=", id).executeTakeFirst();
}

/** Of these webhooks those that were never kept. */
export async function missingGuids(db: Db, guids: readonly string[]): Promise<string[]> {
  if (guids.length === 0) return [];
  const kept = await db.selectFrom("deliveries").select("guid").where("guid", "in", guids).execute();
  const known = new Set(kept.map(({ guid }) => guid));
  return guids.filter((guid) => !known.has(guid));
}

export async function countDeliveries(db: Db) {
  const { rows } = await sql<{ received: number; failed: number; last_webhook_at: Date | null }>`
    select
      (select count(*)::int from deliveries where status = 'received') as received,
      (select count(*)::int from deliveries where status = 'failed') as failed,
      (select received_at from deliveries where kind = 'webhook' order by id desc limit 1) as last_webhook_at`.execute(
    db,
  );
  return rows[0] ?? { received: 0, failed: 0, last_webhook_at: null };
}

export function toDelivery({ received_at, processed_at, ...row }: ShownDelivery): Delivery {
  return { ...row, received_at: received_at.toISOString(), processed_at: processed_at?.toISOString() ?? null };
}
