import type { DeliveryStatus } from "@infraskill/contracts/delivery-machine";
import { sql } from "kysely";
import { inBatches } from "../database/batches.ts";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";

type Days = Pick<Context["retention_days"], "deliveries" | "failed_deliveries">;

/** Deletes what was read or ignored, and later what failed, so that somebody can look at it before. What waits stays. Answers how many. */
export async function deleteOldDeliveries(db: Db, days: Days): Promise<number> {
  const read = await deleteOlder(db, ["processed", "ignored"], days.deliveries);
  return read + (await deleteOlder(db, ["failed"], days.failed_deliveries));
}

async function deleteOlder(db: Db, statuses: readonly DeliveryStatus[], days: number): Promise<number> {
  return inBatches(async (limit) => {
    const { numAffectedRows } = await sql`
      delete from deliveries where id in (
        select id from deliveries
        where status = any(${statuses}) and received_at < clock_timestamp() - ${days} * interval '1 day'
        limit ${limit}
      )`.execute(db);
    return numAffectedRows;
  });
}
