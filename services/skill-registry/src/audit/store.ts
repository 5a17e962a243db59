import { type Insertable, sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { AuditEventsTable } from "../database/schema.ts";

export type AuditEntry = Omit<Insertable<AuditEventsTable>, "detail"> & { detail?: Record<string, unknown> };

/** Adds one line to the append-only history, in the transaction of the change it tells of. */
export async function recordAudit(trx: Db, { detail, ...entry }: AuditEntry): Promise<void> {
  await trx
    .insertInto("audit_events")
    .values({ ...entry, detail: JSON.stringify(detail ?? {}) })
    .execute();
}

/** Whether the object's history has such a line, with at least these details. */
export async function wasRecorded(
  db: Db,
  { kind, object_id, action }: Pick<AuditEntry, "kind" | "object_id" | "action">,
  detail: Record<string, unknown>,
): Promise<boolean> {
  const row = await db
    .selectFrom("audit_events")
    .select("id")
    .where("kind", "=", kind)
    .where("object_id", "=", object_id)
    .where("action", "=", action)
    .where(sql<boolean>`detail @> ${JSON.stringify(detail)}::jsonb`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The history of one object, oldest first. */
export async function listAudit(db: Db, kind: AuditEntry["kind"], object_id: string) {
  return db
    .selectFrom("audit_events")
    .select(["id", "at", "actor", "action", "from_status", "to_status", "detail"])
    .where("kind", "=", kind)
    .where("object_id", "=", object_id)
    .orderBy("id")
    .limit(1_000)
    .execute();
}
