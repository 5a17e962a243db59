import { sql } from "kysely";
import { inBatches } from "../database/batches.ts";
import type { Db } from "../database/connect.ts";

/** Forgets keys that are older than `days`: the same key then makes something new. Answers how many. */
export async function deleteOldKeys(db: Db, days: number): Promise<number> {
  return inBatches(async (limit) => {
    const { numAffectedRows } = await sql`
      delete from idempotency_keys where (actor, operation, key) in (
        select actor, operation, key from idempotency_keys
        where created_at < clock_timestamp() - ${days} * interval '1 day'
        limit ${limit}
      )`.execute(db);
    return numAffectedRows;
  });
}
