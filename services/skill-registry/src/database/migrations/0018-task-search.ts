import { type Kysely, sql } from "kysely";

/** The words a task is found by never change. `array_to_string` is only stable to Postgres, but of texts it is what it was: so an index may be made of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function task_words(description text, user_request text, requested_by varchar, skills varchar[], inputs jsonb)
    returns tsvector language sql immutable parallel safe as $$
      select to_tsvector('simple', description || ' ' || user_request || ' ' || requested_by || ' ' || array_to_string(skills, ' ')) ||
        jsonb_to_tsvector('simple', inputs, '["string", "numeric", "boolean"]')
    $$`.execute(db);
  await sql`
    create index tasks_words on tasks
      using gin (task_words(description, user_request, requested_by, skills_sequence, inputs))`.execute(db);
  await sql`create index tasks_by_person on tasks (requested_by, created_at desc, id desc)`.execute(db);
  await sql`create index task_steps_by_skill on task_steps (skill_name, task_id)`.execute(db);
}
