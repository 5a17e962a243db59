import { type Kysely, sql } from "kysely";

/** Recurring work of the registry itself, one row each; and which set of checks and transitions the database holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table chores (
      name varchar primary key,
      due_at timestamptz not null default now(),
      last_done_at timestamptz
    )`.execute(db);
  await sql`create table applied_rules (hash varchar primary key, applied_at timestamptz not null default now())`.execute(
    db,
  );
}
