import { type Kysely, sql } from "kysely";

/** What waits for somebody is found without reading the revisions that are active or over. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create index skill_revisions_pending on skill_revisions (skill_id, revision)
      where status in ('validating', 'invalid', 'opening_pr', 'pending_approval', 'rejected', 'activating', 'failed')`.execute(
    db,
  );
}
