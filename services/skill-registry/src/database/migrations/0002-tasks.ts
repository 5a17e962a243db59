import { type Kysely, sql } from "kysely";

/** Times a page is sorted by have milliseconds, like the cursors that are made of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tasks (
      id varchar primary key,
      description text not null,
      user_request text not null,
      skills_sequence varchar[] not null,
      current_skill_index integer not null default 0,
      status varchar not null default 'running',
      version integer not null default 0,
      cancel_requested boolean not null default false,
      inputs jsonb not null default '{}',
      failure_code varchar,
      failure_detail text,
      requested_by varchar not null,
      created_at timestamptz(3) not null default now(),
      completed_at timestamptz
    )`.execute(db);
  await sql`create index tasks_newest on tasks (created_at desc, id desc)`.execute(db);
  await sql`create index tasks_by_status on tasks (status, created_at desc, id desc)`.execute(db);
}
