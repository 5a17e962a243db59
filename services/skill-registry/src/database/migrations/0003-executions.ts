import { type Kysely, sql } from "kysely";
import { compressWithLz4 } from "./compression.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table skill_executions (
      execution_id varchar primary key,
      skill_id integer not null references skills (id),
      revision_id integer not null references skill_revisions (id),
      task_id varchar references tasks (id),
      status varchar not null default 'queued',
      version integer not null default 0,
      due_at timestamptz,
      deadline_at timestamptz,
      skill_name varchar not null,
      revision integer not null,
      commit_hash varchar not null,
      inputs jsonb not null,
      outputs jsonb,
      output_errors jsonb,
      github_run_id bigint,
      run_attempt integer,
      later_attempt integer,
      later_conclusion varchar,
      contradicted_by varchar,
      run_url varchar,
      logs_url varchar,
      position bigint generated always as identity,
      concurrency_group varchar,
      concurrency_limit integer,
      slot_taken_at timestamptz,
      claimed_run_id bigint,
      claimed_attempt integer,
      claimed_at timestamptz,
      dispatch_attempts integer not null default 0,
      dispatch_started_at timestamptz,
      look_up_until timestamptz,
      cancel_reason varchar,
      cancel_sent boolean not null default false,
      logs_owed boolean not null default false,
      failure_code varchar,
      failure_detail text,
      requested_by varchar not null,
      started_at timestamptz(3) not null default now(),
      dispatched_at timestamptz,
      completed_at timestamptz
    )`.execute(db);
  await sql`create index skill_executions_newest on skill_executions (started_at desc, execution_id desc)`.execute(db);
  await sql`create index skill_executions_by_skill on skill_executions (skill_name, started_at desc, execution_id desc)`.execute(
    db,
  );
  await sql`create index skill_executions_by_status on skill_executions (status, started_at desc, execution_id desc)`.execute(
    db,
  );
  await sql`create index skill_executions_by_task on skill_executions (task_id, started_at desc) where task_id is not null`.execute(
    db,
  );
  await sql`create index skill_executions_by_person on skill_executions (requested_by, started_at desc, execution_id desc)`.execute(
    db,
  );
  await sql`create index skill_executions_by_run on skill_executions (github_run_id) where github_run_id is not null`.execute(
    db,
  );
  await sql`create index skill_executions_waiting on skill_executions (position) where status = 'queued' and slot_taken_at is null`.execute(
    db,
  );
  await sql`
    create index skill_executions_slots on skill_executions (concurrency_group)
    where slot_taken_at is not null and status in ('queued', 'dispatching', 'running', 'cancelling')`.execute(db);
  await sql`create index skill_executions_due on skill_executions (due_at) where due_at is not null`.execute(db);

  // Beside the row, whose every transition would otherwise write these large indexes again.
  await sql`
    create table execution_search (
      execution_id varchar primary key references skill_executions (execution_id),
      inputs jsonb not null,
      words tsvector not null
    )`.execute(db);
  await sql`create index execution_search_inputs on execution_search using gin (inputs jsonb_path_ops)`.execute(db);
  await sql`create index execution_search_words on execution_search using gin (words)`.execute(db);

  await sql`
    create table task_steps (
      task_id varchar not null references tasks (id),
      index integer not null,
      skill_name varchar not null,
      revision_id integer not null references skill_revisions (id),
      finally boolean not null,
      status varchar not null default 'pending',
      version integer not null default 0,
      given jsonb not null,
      inputs jsonb not null,
      execution_id varchar references skill_executions (execution_id),
      outputs jsonb,
      primary key (task_id, index)
    )`.execute(db);

  await sql`
    create table execution_logs (
      execution_id varchar not null references skill_executions (execution_id),
      job_id bigint not null,
      attempt integer not null,
      name varchar not null,
      status varchar not null,
      conclusion varchar,
      started_at timestamptz,
      completed_at timestamptz,
      steps jsonb not null,
      log text,
      primary key (execution_id, job_id)
    )`.execute(db);
  await compressWithLz4(db, "execution_logs", "log");
}
