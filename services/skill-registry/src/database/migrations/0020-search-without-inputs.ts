import { type Kysely, sql } from "kysely";

/** A schema without `properties` made the whole of what a skill is found by null. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table skills
      drop column search,
      add column search tsvector not null generated always as (
        setweight(to_tsvector('simple', replace(name, '-', ' ') || ' ' || name), 'A') ||
        setweight(to_tsvector('simple', category), 'B') ||
        setweight(to_tsvector('english', description), 'C') ||
        setweight(coalesce(jsonb_to_tsvector('simple', inputs_schema -> 'properties', '["key", "string"]'), ''), 'D')
      ) stored`.execute(db);
  await sql`create index skills_search on skills using gin (search)`.execute(db);
}
