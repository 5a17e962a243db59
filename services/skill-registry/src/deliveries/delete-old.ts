import { sql } from "kysely";
import { inBatches } from "../database/batches.ts";
import type { Db } from "../database/connect.ts";

/** Deletes what was read or ignored more than `days` ago. What waits or failed stays: somebody still has to look at it. Answers how many. */
export async function deleteOldDeliveries(db: Db, days: number): Promise<number> {
  return inBatches(async (limit) => {
    const { numAffectedRows } = await sql`
      delete from deliveries where id in (
        select id from deliveries
        where status in ('processed', 'ignored') and received_at < clock_timestamp() - ${days} * interval '1 day'
        limit ${limit}
      )`.execute(db);
    return numAffectedRows;
  });
}
