import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { StoreKind } from "./stores/log-store.ts";
import type { KeptLog } from "./keep.ts";

/** GitHub's ids of the jobs whose log was kept, also where its text has been deleted since; undefined when there is no such execution. */
export async function keptJobs(db: Db, execution_id: string): Promise<number[] | undefined> {
  const row = await db
    .selectFrom("skill_executions")
    .select(
      sql<number[]>`array(
        select job_id::float8 from execution_logs kept
        where kept.execution_id = skill_executions.execution_id and kept.log_hash is not null)`.as("kept"),
    )
    .where("execution_id", "=", execution_id)
    .executeTakeFirst();
  return row?.kept;
}

/**
 * Tells in the rows of their jobs where logs are kept, and after how many lines of the execution each comes. The execution is locked, so the lines are
 * counted in the order the logs came; the first log of a job stays.
 */
export async function placeLogs(trx: Db, execution_id: string, kept: readonly KeptLog[]): Promise<void> {
  for (const { job_id, ...log } of kept) {
    await trx
      .updateTable("execution_logs")
      .set({
        ...log,
        log_from: sql<number>`(
          select coalesce(max(log_from + log_lines), 0) from execution_logs earlier where earlier.execution_id = ${execution_id})`,
      })
      .where("execution_id", "=", execution_id)
      .where("job_id", "=", job_id)
      .where("log_hash", "is", null)
      .execute();
  }
}

/** The jobs with where their logs are, in the order they ran. */
export async function listLogs(db: Db, execution_id: string, job_id?: number) {
  let rows = db
    .selectFrom("execution_logs")
    .select(["job_id", "attempt", "name", "conclusion", "log_store", "log_hash", "log_lines", "log_from"])
    .where("execution_id", "=", execution_id);
  if (job_id !== undefined) rows = rows.where("job_id", "=", job_id);
  return rows.orderBy("attempt").orderBy("job_id").execute();
}
export type LogPlace = Pick<
  Awaited<ReturnType<typeof listLogs>>[number],
  "job_id" | "log_store" | "log_hash" | "log_lines"
>;

/** Executions that ended more than `days` ago and whose logs are in this store. */
export async function executionsWithOldLogs(db: Db, kind: StoreKind, days: number, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom("execution_logs")
    .innerJoin("skill_executions", "skill_executions.execution_id", "execution_logs.execution_id")
    .select("execution_logs.execution_id")
    .distinct()
    .where("log_store", "=", kind)
    .where(sql<boolean>`skill_executions.completed_at < clock_timestamp() - ${days} * interval '1 day'`)
    .limit(limit)
    .execute();
  return rows.map(({ execution_id }) => execution_id);
}

/** From here on the rows name no text; how many lines there were stays. Answers how many rows. */
export async function forgetLogs(db: Db, kind: StoreKind, execution_ids: readonly string[]): Promise<bigint> {
  const { numUpdatedRows } = await db
    .updateTable("execution_logs")
    .set({ log_store: null })
    .where("execution_id", "in", execution_ids)
    .where("log_store", "=", kind)
    .executeTakeFirst();
  return numUpdatedRows;
}
