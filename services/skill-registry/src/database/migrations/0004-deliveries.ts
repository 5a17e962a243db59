import { type Kysely, sql } from "kysely";
import { compressWithLz4 } from "./compression.ts";

/** Bodies are kept as the raw bytes that were signed; lz4 makes storing a 24 kB webhook several times cheaper than jsonb. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table deliveries (
      id bigint generated always as identity primary key,
      kind varchar not null,
      guid varchar not null unique,
      event varchar not null,
      body bytea not null,
      body_hash bytea not null unique,
      execution_id varchar references skill_executions (execution_id),
      status varchar not null default 'received',
      version integer not null default 0,
      due_at timestamptz,
      attempts integer not null default 0,
      reason text,
      received_at timestamptz not null default now(),
      processed_at timestamptz
    )`.execute(db);
  await sql`create index deliveries_due on deliveries (due_at) where due_at is not null`.execute(db);
  await sql`create index deliveries_failed on deliveries (id) where status = 'failed'`.execute(db);
  await compressWithLz4(db, "deliveries", "body");
}
