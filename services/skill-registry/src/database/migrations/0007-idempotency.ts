import { type Kysely, sql } from "kysely";

/** One row per accepted request that carried a key: what was asked, and the id of what it made. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table idempotency_keys (
      actor varchar not null,
      operation varchar not null,
      key varchar not null,
      body_hash bytea not null,
      made_id varchar not null,
      created_at timestamptz not null default now(),
      primary key (actor, operation, key)
    )`.execute(db);
}
