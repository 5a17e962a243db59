import { type Kysely, sql } from "kysely";

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
      inputs jsonb not null default '{}',
      failure_code varchar,
      failure_detail text,
      requested_by varchar not null,
      created_at timestamptz not null default now(),
      completed_at timestamptz
    )`.execute(db);
  await sql`create index tasks_newest on tasks (created_at desc, id desc)`.execute(db);
}
