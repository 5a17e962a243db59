import type { JobRun } from "@infraskill/contracts/execution";
import type { DeliveryKind } from "@infraskill/contracts/owed";
import type { ExecutionQuery } from "@infraskill/contracts/queries";
import { type QueryCreator, type RawBuilder, sql, type Updateable, type UpdateObject } from "kysely";
import { z } from "zod";
import { auditOf } from "../audit/store.ts";
import type { Db } from "../database/connect.ts";
import { decodeCursor } from "../database/page.ts";
import type { Database, ExecutionRow, SkillExecutionsTable } from "../database/schema.ts";
import { processed, type NewDelivery } from "../deliveries/keep.ts";
import { courseOfExecution } from "../tasks/store.ts";
import { matching } from "./search.ts";
import { type ToldExecution, toldColumns } from "./view.ts";

export async function findExecution(db: Db, execution_id: string): Promise<ExecutionRow | undefined> {
  return db.selectFrom("skill_executions").selectAll().where("execution_id", "=", execution_id).executeTakeFirst();
}

/** A task's executions that were not taken for their dispatch yet. */
export async function listQueued(db: Db, task_id: string): Promise<ExecutionRow[]> {
  const rows = db.selectFrom("skill_executions").selectAll();
  return rows.where("task_id", "=", task_id).where("status", "=", "queued").execute();
}

/** How often a change is decided on what was read, before the row is locked for it. */
export const triesAsRead = 2;

/** A row with the database's time. */
export type ExecutionNow = ExecutionRow & { now: Date };

export async function readExecution(db: Db, execution_id: string): Promise<ExecutionNow | undefined> {
  return db
    .selectFrom("skill_executions")
    .selectAll()
    .select(sql<Date>`clock_timestamp()`.as("now"))
    .where("execution_id", "=", execution_id)
    .executeTakeFirst();
}

/** The same with what the outputs of its revision must look like, and the task that moves on with it. */
export async function readReportedExecution(db: Db, execution_id: string) {
  return db
    .selectFrom("skill_executions")
    .innerJoin("skill_revisions", "skill_revisions.id", "skill_executions.revision_id")
    .selectAll("skill_executions")
    .select([
      "skill_revisions.outputs_schema",
      courseOfExecution().as("course"),
      sql<Date>`clock_timestamp()`.as("now"),
    ])
    .where("execution_id", "=", execution_id)
    .executeTakeFirst();
}

/** The row with the database's time, locked until the transaction ends. */
export async function lockExecution(trx: Db, execution_id: string): Promise<ExecutionNow | undefined> {
  return lockingExecution(trx, execution_id).executeTakeFirst();
}

/** The same with what the outputs of its revision must look like. */
export async function lockReportedExecution(trx: Db, execution_id: string) {
  return lockingExecution(trx, execution_id)
    .innerJoin("skill_revisions", "skill_revisions.id", "skill_executions.revision_id")
    .select("skill_revisions.outputs_schema")
    .executeTakeFirst();
}

/** The task it belongs to is locked before it: whoever needs both locks them in this order. The condition on `task` is what Postgres reads first. */
function lockingExecution(trx: Db, execution_id: string) {
  return trx
    .with("task", (cte) =>
      cte
        .selectFrom("tasks")
        .select("id")
        .where("id", "=", (eb) =>
          eb.selectFrom("skill_executions").select("task_id").where("execution_id", "=", execution_id),
        )
        .forUpdate(),
    )
    .selectFrom("skill_executions")
    .selectAll("skill_executions")
    .select(sql<Date>`clock_timestamp()`.as("now"))
    .where("execution_id", "=", execution_id)
    .where(sql<boolean>`(select count(*) from task) >= 0`)
    .forUpdate("skill_executions");
}

export type Move<Set = Updateable<SkillExecutionsTable>> = {
  set: Set;
  actor: string;
  action: string;
  detail: Record<string, unknown>;
  /** What told of it, kept with it as processed: both or neither. */
  delivery?: NewDelivery | undefined;
};

type Read = Pick<ExecutionRow, "execution_id" | "version" | "status">;

/** Writes a transition and its line of history; undefined when the row has moved on since it was read. */
export async function moveExecution(
  trx: Db,
  row: Read,
  move: Move,
): Promise<Pick<ExecutionRow, "version"> | undefined> {
  return withMove(trx, row, move).selectFrom("moved").select("version").executeTakeFirst();
}

/**
 * A transition and its line of history as parts of a statement, where given only if `when` holds. When the row has moved on since it was read,
 * nothing of these parts is written; with a delivery the whole statement then fails, because that lacks its kind.
 */
export function withMove(
  query: QueryCreator<Database>,
  { execution_id, version, status }: Read,
  { set, delivery, ...told }: Move<UpdateObject<Database, "skill_executions">>,
  when: RawBuilder<boolean> = sql`true`,
) {
  const audit = auditOf("moved", "execution_id", { ...told, kind: "execution", from_status: status });
  const moving = query
    .with("moved", (cte) =>
      cte
        .updateTable("skill_executions")
        .set({ ...set, version: version + 1 })
        .where("execution_id", "=", execution_id)
        .where("version", "=", version)
        .where(when)
        .returningAll(),
    )
    .with("moved_told", (cte) => cte.insertInto("audit_events").columns(audit.columns).expression(audit.lines));
  if (delivery === undefined) return moving;
  const kind = sql<DeliveryKind>`(select ${delivery.kind}::varchar from moved)`;
  return moving.with("kept", (cte) => cte.insertInto("deliveries").values({ ...delivery, ...processed, kind }));
}

export async function noteExecutionLook(
  trx: Db,
  execution_id: string,
  set: Updateable<SkillExecutionsTable>,
): Promise<void> {
  await trx.updateTable("skill_executions").set(set).where("execution_id", "=", execution_id).execute();
}

export async function executionByRun(db: Db, run_id: number): Promise<{ execution_id: string } | undefined> {
  return db
    .selectFrom("skill_executions")
    .select("execution_id")
    .where("github_run_id", "=", run_id)
    .orderBy("started_at", "desc")
    .limit(1)
    .executeTakeFirst();
}

const Cursor = z.tuple([z.iso.datetime(), z.string()]);

/** One row more than the page holds, newest first. */
export async function listExecutions(db: Db, query: ExecutionQuery): Promise<ToldExecution[]> {
  const after = decodeCursor(query.cursor, Cursor);
  let rows = db.selectFrom("skill_executions").select(toldColumns);
  if (query.skill !== undefined) rows = rows.where("skill_name", "=", query.skill);
  if (query.status !== undefined) rows = rows.where("status", "=", query.status);
  if (query.task_id !== undefined) rows = rows.where("task_id", "=", query.task_id);
  if (query.requested_by !== undefined) rows = rows.where("requested_by", "=", query.requested_by);
  if (query.since !== undefined) rows = rows.where("started_at", ">=", new Date(query.since));
  if (query.until !== undefined) rows = rows.where("started_at", "<", new Date(query.until));
  const found = matching(query);
  if (found !== undefined) rows = rows.where("execution_id", "in", found);
  if (after !== undefined)
    rows = rows.where(sql<boolean>`(started_at, execution_id) < (${after[0]}::timestamptz, ${after[1]})`);
  return rows
    .orderBy("started_at", "desc")
    .orderBy("execution_id", "desc")
    .limit(query.limit + 1)
    .execute();
}

export function executionKey(row: Pick<ExecutionRow, "started_at" | "execution_id">): [string, string] {
  return [row.started_at.toISOString(), row.execution_id];
}

/** Keeps what GitHub says of a run's jobs. */
export async function keepJobs(
  trx: Db,
  execution_id: string,
  jobs: readonly (JobRun & { log?: unknown })[],
): Promise<void> {
  if (jobs.length === 0) return;
  await trx
    .insertInto("execution_logs")
    .values(
      jobs.map(({ log: _kept_elsewhere, steps, ...job }) => ({
        ...job,
        execution_id,
        steps: JSON.stringify(steps),
        started_at: job.started_at === null ? null : new Date(job.started_at),
        completed_at: job.completed_at === null ? null : new Date(job.completed_at),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(["execution_id", "job_id"]).doUpdateSet((eb) => ({
        status: eb.ref("excluded.status"),
        conclusion: eb.ref("excluded.conclusion"),
        started_at: eb.ref("excluded.started_at"),
        completed_at: eb.ref("excluded.completed_at"),
        steps: eb.ref("excluded.steps"),
      })),
    )
    .execute();
}

export async function listJobs(db: Db, execution_id: string) {
  return db
    .selectFrom("execution_logs")
    .select(["job_id", "attempt", "name", "status", "conclusion", "started_at", "completed_at", "steps"])
    .where("execution_id", "=", execution_id)
    .orderBy("attempt")
    .orderBy("job_id")
    .execute();
}
