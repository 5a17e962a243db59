import { type Kysely, sql } from "kysely";

/** Who resumed a task, on whose behalf its steps run since; and why a step could not start. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table tasks add column resumed_by varchar`.execute(db);
  await sql`alter table task_steps add column failure varchar`.execute(db);
}
