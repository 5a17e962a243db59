import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table users (
      id integer generated always as identity primary key,
      name varchar not null unique,
      role varchar not null,
      created_at timestamptz not null default now(),
      disabled_at timestamptz
    )`.execute(db);
  await sql`
    create table api_tokens (
      id integer generated always as identity primary key,
      name varchar not null,
      role varchar not null,
      prefix varchar not null,
      hash bytea not null unique,
      created_by varchar not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      revoked_at timestamptz,
      last_used_at timestamptz
    )`.execute(db);
  await sql`
    create table sessions (
      id integer generated always as identity primary key,
      hash bytea not null unique,
      user_id integer references users (id),
      token_id integer references api_tokens (id),
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      ended_at timestamptz
    )`.execute(db);
}
