import { type Kysely, sql } from "kysely";

/** A run that goes on although infraskill has stopped waiting for it keeps its slot. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index skill_executions_overrun_slots on skill_executions (concurrency_group)
    where slot_taken_at is not null and status = 'timed_out' and failure_code = 'deadline_passed' and logs_owed`.execute(
    db,
  );
}
