import { type Kysely, sql } from "kysely";

/** GitHub's id of the repository a revision was merged in: a name can pass to another repository, an id cannot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table skill_revisions add column repository_id bigint`.execute(db);
  await sql`alter table skill_executions add column repository_id bigint`.execute(db);
}
