import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import { revisionTag, skillPath } from "@infraskill/contracts/skill";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import { after } from "../owed/owe.ts";
import type { Terms } from "./terms.ts";

/** What a worker needs to act on an execution; undefined when there is none. */
export async function executionWork(
  { db, ...terms }: Terms & { db: Db },
  execution_id: string,
): Promise<ExecutionWork | undefined> {
  const found = await findWork(db, execution_id);
  return found === undefined ? undefined : toWork(found, terms);
}

type FoundWork = NonNullable<Awaited<ReturnType<typeof findWork>>>;

/** The row with what its revision and its logs add to it, and the database's time. */
export async function findWork(db: Db, execution_id: string) {
  return db
    .selectFrom("skill_executions")
    .innerJoin("skill_revisions", "skill_revisions.id", "skill_executions.revision_id")
    .selectAll("skill_executions")
    .select("skill_revisions.inputs_schema")
    .select(sql<Date>`clock_timestamp()`.as("now"))
    .select(
      sql<number[]>`array(
        select job_id::float8 from execution_logs kept
        where kept.execution_id = skill_executions.execution_id and kept.log_hash is not null)`.as("kept_logs"),
    )
    .where("execution_id", "=", execution_id)
    .executeTakeFirst();
}

export function toWork(found: FoundWork, { scale, deadlines }: Terms): ExecutionWork {
  const { started_at, completed_at, dispatch_started_at, look_up_until, deadline_at, now, ...work } = found;
  const patience_ms = (deadlines.until_cancelled_ms - deadlines.until_forced_ms) * scale;
  const force_cancel_at =
    work.status === "cancelling" && deadline_at !== null ? after(deadline_at, -patience_ms) : null;
  return {
    ...work,
    github_path: skillPath(work.skill_name),
    ref: revisionTag(work.skill_name, work.revision),
    created_at: started_at.toISOString(),
    completed_at: completed_at?.toISOString() ?? null,
    dispatch_started_at: dispatch_started_at?.toISOString() ?? null,
    look_up_until: look_up_until?.toISOString() ?? null,
    deadline_at: deadline_at?.toISOString() ?? null,
    force_cancel_at: force_cancel_at?.toISOString() ?? null,
    now: now.toISOString(),
  };
}
