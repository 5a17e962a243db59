import type { TaskQuery } from "@infraskill/contracts/queries";
import { expressionBuilder, type Insertable, type QueryCreator, sql, type Updateable } from "kysely";
import { jsonArrayFrom, jsonObjectFrom } from "kysely/helpers/postgres";
import { z } from "zod";
import type { StepStatus, TaskEventName } from "@infraskill/contracts/task-machine";
import { auditOf } from "../audit/store.ts";
import type { Db } from "../database/connect.ts";
import { decodeCursor } from "../database/page.ts";
import type { Database, TaskRow, TasksTable, TaskStepsTable } from "../database/schema.ts";
import { shareSkills } from "../skills/store.ts";
import { filtered } from "./search.ts";

export async function findTask(db: Db, id: string): Promise<TaskRow | undefined> {
  return db.selectFrom("tasks").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The row, locked until the transaction ends. */
export async function lockTask(trx: Db, id: string): Promise<TaskRow | undefined> {
  return trx.selectFrom("tasks").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
}

export async function insertTask(trx: Db, task: Insertable<TasksTable>): Promise<TaskRow> {
  return trx.insertInto("tasks").values(task).returningAll().executeTakeFirstOrThrow();
}

export async function insertSteps(trx: Db, steps: readonly Insertable<TaskStepsTable>[]): Promise<void> {
  await trx.insertInto("task_steps").values(steps).execute();
}

/** What becomes of one step; what is left out stays. */
export type StepChange = {
  index: number;
  status: StepStatus;
  inputs?: Record<string, unknown>;
  execution_id?: string;
  outputs?: Record<string, unknown> | null;
  failure?: string;
};

export type TaskChange = {
  set: Updateable<TasksTable>;
  /** Written with it; each step at most once. */
  steps?: readonly StepChange[];
  actor: string;
  action: TaskEventName | "requested";
  detail: Record<string, unknown>;
};

/**
 * Writes a change of a task and of its steps, with its line in the history, which live events tell.
 * @throws when the task has changed since it was read, which its lock rules out
 */
export async function changeTask(trx: Db, task: MovingTask, change: TaskChange): Promise<TaskRow> {
  return withTaskChange(trx, task, change).selectFrom("changed").selectAll().executeTakeFirstOrThrow();
}

/** The same as parts of a statement: `changed` is the task, and empty when it has changed since it was read. */
export function withTaskChange(
  query: QueryCreator<Database>,
  { id, version, status }: MovingTask,
  { set, steps = [], ...told }: TaskChange,
) {
  const audit = auditOf("changed", "id", { ...told, kind: "task", from_status: status });
  return query
    .with("changed", (cte) =>
      cte
        .updateTable("tasks")
        .set({ ...set, version: version + 1 })
        .where("id", "=", id)
        .where("version", "=", version)
        .returningAll(),
    )
    .with("stepped", () => sql<{ index: number }>`(${updateSteps(id, steps)})`)
    .with("changed_told", (cte) => cte.insertInto("audit_events").columns(audit.columns).expression(audit.lines));
}

function updateSteps(task_id: string, steps: readonly StepChange[]) {
  return sql`
    update task_steps set status = change.status, version = version + 1, inputs = coalesce(change.inputs, task_steps.inputs),
      execution_id = coalesce(change.execution_id, task_steps.execution_id), outputs = coalesce(change.outputs, task_steps.outputs),
      failure = coalesce(change.failure, task_steps.failure)
    from jsonb_to_recordset(${JSON.stringify(steps)}::jsonb)
      as change (index integer, status varchar, inputs jsonb, execution_id varchar, outputs jsonb, failure varchar)
    where task_id = ${task_id} and task_steps.index = change.index`;
}

/** Writes the same change to some steps of a task whose row is locked. */
export async function changeSteps(
  trx: Db,
  task_id: string,
  indexes: readonly number[],
  set: Updateable<TaskStepsTable>,
): Promise<void> {
  if (indexes.length === 0) return;
  await trx
    .updateTable("task_steps")
    .set((eb) => ({ ...set, version: eb("version", "+", 1) }))
    .where("task_id", "=", task_id)
    .where("index", "in", indexes)
    .execute();
}

/** A task's steps in order, each with the revision it is pinned to. */
export async function listSteps(db: Db, task_ids: readonly string[]) {
  if (task_ids.length === 0) return [];
  return pinnedSteps(db).where("task_id", "in", task_ids).orderBy("task_id").orderBy("index").execute();
}
export type PinnedStep = Awaited<ReturnType<typeof listSteps>>[number];

function pinnedSteps(db: Pick<Db, "selectFrom">) {
  return db
    .selectFrom("task_steps")
    .innerJoin("skill_revisions", "skill_revisions.id", "task_steps.revision_id")
    .selectAll("task_steps")
    .select([
      "skill_revisions.skill_id",
      "skill_revisions.revision",
      "skill_revisions.commit_hash",
      "skill_revisions.status as revision_status",
      "skill_revisions.inputs_schema",
      "skill_revisions.outputs_schema",
      "skill_revisions.concurrency",
    ]);
}

/** What decides how a task moves on: its row without times, which JSON would not keep, and its steps in order. */
export type TaskCourse = { readonly task: MovingTask; readonly steps: readonly PinnedStep[] };
export type MovingTask = Omit<TaskRow, "created_at" | "completed_at">;

export async function readCourse(db: Db, task_id: string): Promise<TaskCourse | undefined> {
  const task = await findTask(db, task_id);
  return task === undefined ? undefined : { task, steps: await listSteps(db, [task_id]) };
}

/** The same as a column of JSON beside rows of executions, which saves two round trips; null where there is no task. */
export function courseOfExecution() {
  const db = expressionBuilder<Database>();
  const steps = pinnedSteps(db).whereRef("task_steps.task_id", "=", sql.ref("tasks.id")).orderBy("index");
  return jsonObjectFrom(
    db
      .selectFrom("tasks")
      .whereRef("tasks.id", "=", sql.ref("skill_executions.task_id"))
      .select([
        sql<MovingTask>`to_jsonb(tasks) - 'created_at' - 'completed_at'`.as("task"),
        jsonArrayFrom(steps).as("steps"),
      ]),
  );
}

const Cursor = z.tuple([z.iso.datetime(), z.string()]);

/** One row more than the page holds, newest first. */
export async function listTasks(db: Db, query: TaskQuery): Promise<TaskRow[]> {
  const after = decodeCursor(query.cursor, Cursor);
  let rows = filtered(db.selectFrom("tasks").selectAll("tasks"), query);
  if (after !== undefined) rows = rows.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]})`);
  return rows
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(query.limit + 1)
    .execute();
}

export function taskKey(row: TaskRow): [string, string] {
  return [row.created_at.toISOString(), row.id];
}

/** The skills of these names with their active revision where they have one; share-locked, so that none is archived meanwhile. */
export async function activeRevisions(trx: Db, names: readonly string[]) {
  await shareSkills(trx, names);
  return trx
    .selectFrom("skills")
    .leftJoin("skill_revisions as active", (join) =>
      join.onRef("active.skill_id", "=", "skills.id").on("active.status", "=", "active"),
    )
    .select([
      "skills.name",
      "skills.status",
      "active.id as revision_id",
      "active.revision as active_revision",
      "active.inputs_schema",
      "active.outputs_schema",
    ])
    .where("skills.name", "in", names)
    .orderBy("skills.id")
    .execute();
}
