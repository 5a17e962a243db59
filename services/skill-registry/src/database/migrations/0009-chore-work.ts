import { type Kysely, sql } from "kysely";

/** Chores that workers do: a version to report against, and what came of the last time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table chores
      add column version integer not null default 0,
      add column failure text,
      add column result jsonb`.execute(db);
  await sql`create index deliveries_by_time on deliveries (received_at)`.execute(db);
}
