import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists pg_trgm`.execute(db);

  await sql`
    create table skills (
      id integer generated always as identity primary key,
      name varchar not null unique,
      description text not null,
      category varchar not null,
      github_path varchar not null,
      pr_number integer,
      pr_url varchar,
      commit_hash varchar,
      inputs_schema jsonb not null,
      outputs_schema jsonb not null,
      concurrency jsonb,
      yaml_content text not null,
      status varchar not null,
      validation_errors text,
      failure text,
      revision integer not null,
      newest_revision integer not null,
      awaits_approval boolean not null default false,
      version integer not null default 0,
      created_by varchar not null,
      created_at timestamptz not null default now(),
      approved_at timestamptz,
      archived_at timestamptz,
      search tsvector generated always as (
        setweight(to_tsvector('simple', replace(name, '-', ' ') || ' ' || name), 'A') ||
        setweight(to_tsvector('simple', category), 'B') ||
        setweight(to_tsvector('english', description), 'C') ||
        setweight(jsonb_to_tsvector('simple', inputs_schema -> 'properties', '["key", "string"]'), 'D')
      ) stored
    )`.execute(db);
  await sql`create index skills_by_status on skills (status, id)`.execute(db);
  await sql`create index skills_awaiting on skills (id) where awaits_approval`.execute(db);
  await sql`create index skills_search on skills using gin (search)`.execute(db);
  await sql`create index skills_name_trigrams on skills using gin (name gin_trgm_ops)`.execute(db);

  await sql`
    create table skill_revisions (
      id integer generated always as identity primary key,
      skill_id integer not null references skills (id),
      revision integer not null,
      status varchar not null,
      version integer not null default 0,
      due_at timestamptz,
      description text not null,
      category varchar not null,
      inputs_schema jsonb not null,
      outputs_schema jsonb not null,
      concurrency jsonb,
      yaml_content text not null,
      hash varchar not null,
      diagnostics jsonb,
      failure text,
      pr_number integer,
      pr_url varchar,
      pr_head_sha varchar,
      pr_etag varchar,
      merge_commit_sha varchar,
      commit_hash varchar,
      blob_sha varchar,
      workflow_id bigint,
      created_by varchar not null,
      created_at timestamptz not null default now(),
      approved_at timestamptz,
      unique (skill_id, revision)
    )`.execute(db);
  await sql`create unique index one_active_revision on skill_revisions (skill_id) where status = 'active'`.execute(db);
  await sql`create index skill_revisions_due on skill_revisions (due_at) where due_at is not null`.execute(db);
  await sql`create index skill_revisions_by_pull_request on skill_revisions (pr_number) where pr_number is not null`.execute(
    db,
  );
}
