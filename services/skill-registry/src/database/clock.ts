import { type RawBuilder, sql } from "kysely";
import type { Db } from "./connect.ts";

/** The database's time, the one clock that leases, due times and deadlines use. */
export async function databaseNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const now = rows[0]?.now;
  if (now === undefined) throw new Error("Postgres told no time");
  return now;
}

/** The same clock in a statement, so many milliseconds on. */
export function fromNow(milliseconds: number): RawBuilder<Date> {
  return sql`clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;
}
