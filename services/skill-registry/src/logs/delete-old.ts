import { sql } from "kysely";
import { inBatches } from "../database/batches.ts";
import type { Db } from "../database/connect.ts";

/** Deletes the text of logs whose execution ended more than `days` ago; jobs and steps with their timings stay. Answers how many. */
export async function deleteOldLogs(db: Db, days: number): Promise<number> {
  return inBatches(async (limit) => {
    const { numAffectedRows } = await sql`
      update execution_logs set log = null
      where (execution_id, job_id) in (
        select logs.execution_id, logs.job_id from execution_logs as logs join skill_executions using (execution_id)
        where logs.log is not null and skill_executions.completed_at < clock_timestamp() - ${days} * interval '1 day'
        limit ${limit}
      )`.execute(db);
    return numAffectedRows;
  });
}
