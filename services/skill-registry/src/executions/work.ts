import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import { revisionTag, skillPath } from "@infraskill/contracts/skill";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import { after } from "../owed/owe.ts";
import type { Terms } from "./terms.ts";

/** What a worker needs to act on an execution; undefined when there is none. */
export async function executionWork(
  { db, scale, deadlines }: Terms & { db: Db },
  execution_id: string,
): Promise<ExecutionWork | undefined> {
  const row = await db
    .selectFrom("skill_executions")
    .innerJoin("skill_revisions", "skill_revisions.id", "skill_executions.revision_id")
    .selectAll("skill_executions")
    .select("skill_revisions.inputs_schema")
    .select(sql<Date>`clock_timestamp()`.as("now"))
    .where("execution_id", "=", execution_id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { started_at, dispatch_started_at, look_up_until, deadline_at, now, ...work } = row;
  const patience_ms = (deadlines.until_cancelled_ms - deadlines.until_forced_ms) * scale;
  const force_cancel_at = row.status === "cancelling" && deadline_at !== null ? after(deadline_at, -patience_ms) : null;
  return {
    ...work,
    kept_logs: await keptLogs(db, execution_id),
    github_path: skillPath(work.skill_name),
    ref: revisionTag(work.skill_name, work.revision),
    created_at: started_at.toISOString(),
    dispatch_started_at: dispatch_started_at?.toISOString() ?? null,
    look_up_until: look_up_until?.toISOString() ?? null,
    deadline_at: deadline_at?.toISOString() ?? null,
    force_cancel_at: force_cancel_at?.toISOString() ?? null,
    now: now.toISOString(),
  };
}

async function keptLogs(db: Db, execution_id: string): Promise<number[]> {
  const rows = await db
    .selectFrom("execution_logs")
    .select("job_id")
    .where("execution_id", "=", execution_id)
    .where("log", "is not", null)
    .execute();
  return rows.map(({ job_id }) => job_id);
}
