import type { LiveEvent } from "@infraskill/contracts/live-event";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";

type Row = LiveEvent & { xmin: number; xmax: number };

/**
 * Live events after `after`, in id order. Ids are drawn before their transactions commit, so a lower id may still appear after a higher one: when
 * transactions are open, the events are only given out once all that were open at the first look have ended.
 */
export async function readLiveEvents(db: Db, after: number, limit: number): Promise<LiveEvent[]> {
  const first = await select(db, after, limit);
  if (first.length === 0) return [];
  const horizon = first[0]?.xmax ?? 0;
  let rows = first;
  while ((rows[0]?.xmin ?? horizon) < horizon) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    rows = await select(db, after, limit);
  }
  const seen = first.at(-1)?.id ?? after;
  return rows.filter(({ id }) => id <= seen).map(({ xmin: _xmin, xmax: _xmax, ...event }) => event);
}

async function select(db: Db, after: number, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select id, kind, object_id, live_status as status, version,
      pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin,
      pg_snapshot_xmax(pg_current_snapshot())::text::bigint as xmax
    from audit_events
    where id > ${after} and live_status is not null
    order by id
    limit ${limit}`.execute(db);
  return rows;
}

/** The newest id of which every lower one is settled too: what comes after it is new. */
export async function newestEventId(db: Db): Promise<number> {
  const first = await newest(db);
  let seen = first;
  while (seen.xmin < first.xmax) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen = await newest(db);
  }
  return first.id;
}

async function newest(db: Db): Promise<{ id: number; xmin: number; xmax: number }> {
  const { rows } = await sql<{ id: number; xmin: number; xmax: number }>`
    select coalesce(max(id), 0)::bigint as id,
      pg_snapshot_xmin(pg_current_snapshot())::text::bigint as xmin,
      pg_snapshot_xmax(pg_current_snapshot())::text::bigint as xmax
    from audit_events`.execute(db);
  return rows[0] ?? { id: 0, xmin: 0, xmax: 0 };
}
