import type { Insertable } from "kysely";
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
