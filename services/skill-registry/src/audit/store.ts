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

type Change = Pick<AuditEntry, "actor" | "kind" | "action" | "from_status" | "detail">;

/**
 * The same line as a part of the statement that makes the change, which saves a round trip: for `insert into audit_events`, told of the rows of the
 * common table expression `changed`, whose status is what live events show.
 */
export function auditOf(changed: string, id: string, { actor, kind, action, from_status, detail }: Change) {
  return {
    columns: [...auditColumns],
    lines: sql`
      select ${actor}, ${kind}, ${sql.ref(id)}, ${action}, ${from_status}, status, version, status,
        ${JSON.stringify(detail ?? {})}::jsonb
      from ${sql.table(changed)}`,
  };
}

const auditColumns = [
  "actor",
  "kind",
  "object_id",
  "action",
  "from_status",
  "to_status",
  "version",
  "live_status",
  "detail",
] as const;

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

const longest_history = 1_000;

/** The history of one object, oldest first; of one that is longer than anybody reads, its newest part. */
export async function listAudit(db: Db, kind: AuditEntry["kind"], object_id: string) {
  const newest = await db
    .selectFrom("audit_events")
    .select(["id", "at", "actor", "action", "from_status", "to_status", "detail"])
    .where("kind", "=", kind)
    .where("object_id", "=", object_id)
    .orderBy("id", "desc")
    .limit(longest_history)
    .execute();
  return newest.toReversed();
}
