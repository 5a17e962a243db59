import { type Kysely, sql } from "kysely";

/** Append-only by trigger. `live_status` is what live events show; null for changes nobody follows live. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table audit_events (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      actor varchar not null,
      kind varchar not null,
      object_id varchar not null,
      action varchar not null,
      from_status varchar,
      to_status varchar,
      version integer not null,
      live_status varchar,
      detail jsonb not null default '{}'
    )`.execute(db);
  await sql`create index audit_events_by_object on audit_events (kind, object_id, id)`.execute(db);
  await sql`
    create function refuse_audit_change() returns trigger language plpgsql as $$
    begin
      raise exception 'audit_events is append-only';
    end $$`.execute(db);
  await sql`
    create trigger audit_events_append_only before update or delete or truncate on audit_events
    for each statement execute function refuse_audit_change()`.execute(db);
}
