import { type Kysely, sql } from "kysely";

/** Which rules judged a revision, and what newer ones find in a text that was merged before them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table check_rules (
      version varchar primary key,
      announced_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    alter table skill_revisions
      add column rules_version varchar,
      add column rechecked_rules_version varchar,
      add column new_findings jsonb`.execute(db);
  await sql`alter table skills add column new_findings jsonb`.execute(db);
}
