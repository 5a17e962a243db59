import { type Kysely, sql } from "kysely";

/** What the first request with a key was answered, word for word: `json` keeps the order, `jsonb` would not. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table idempotency_keys add column answer json`.execute(db);
}
