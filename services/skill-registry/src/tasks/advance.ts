import type { FailureCode } from "@infraskill/contracts/execution";
import type { Job } from "@infraskill/contracts/queues";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { type Move, withMove } from "../executions/store.ts";
import type { Terms } from "../executions/terms.ts";
import { stepEventOf } from "./decide.ts";
import { proceed, toColumns } from "./proceed.ts";
import { nameStep } from "./start-step.ts";
import { listSteps, readCourse, type TaskCourse } from "./store.ts";

/**
 * Moves a task on when an execution of it ends, in the statement that ends the execution (`move`): the next step exists exactly when the one before
 * has succeeded. Answers the jobs the next execution owes; undefined where no task moves, and then `move` was not written either. The task is locked,
 * or was read no earlier than the execution (`course`, or here), and the statement fails when it has changed since.
 */
export async function advanceTask(
  trx: Db,
  before: ExecutionRow,
  after: ExecutionRow,
  { course, ...move }: Move & { course?: TaskCourse | undefined },
  terms: Terms,
): Promise<Job[] | undefined> {
  const { task_id, execution_id } = after;
  const ended = stepEventOf(after.status);
  if (task_id === null || ended === undefined || stepEventOf(before.status) !== undefined) return undefined;
  const { task, steps } = course ?? (await readCourse(trx, task_id)) ?? { steps: [] };
  const step = steps.find((one) => one.execution_id === execution_id);
  if (task === undefined || step === undefined || step.status !== "running") return undefined;

  const status = ended === "succeeded" ? "succeeded" : ended === "cancelled" ? "cancelled" : "failed";
  const failed = status === "failed" || (status === "cancelled" && !task.cancel_requested);
  const failure = failureOf(after, step);
  const { jobs } = await proceed(
    trx,
    task,
    steps.map((one) => (one === step ? { ...one, status, outputs: after.outputs } : one)),
    {
      actor: "infraskill",
      detail: { ended: step.index, as: after.status, ...(failed ? { failure: failure.detail } : {}) },
      steps: [{ index: step.index, status, outputs: after.outputs }],
      set: failed && task.failure_code === null ? toColumns(failure) : {},
      // The task is written first, as it is locked first everywhere.
      also: (query) => withMove(query, before, move, sql`exists (select from changed)`),
    },
    terms,
  );
  return jobs;
}

/** Tells a task what became known of one of its executions after its end. Its row is locked. */
export async function keepLateNews(trx: Db, before: ExecutionRow, after: ExecutionRow): Promise<void> {
  if (after.task_id === null || stepEventOf(before.status) === undefined) return;
  if (before.outputs === null && after.outputs !== null) await keepLateOutputs(trx, after);
  if (before.failure_detail !== after.failure_detail) await keepLateDetail(trx, before, after);
}

/** A callback may come after GitHub's own word ended the execution; its outputs are still worth having. */
async function keepLateOutputs(trx: Db, { execution_id, outputs }: ExecutionRow): Promise<void> {
  await trx
    .updateTable("task_steps")
    .set((eb) => ({ outputs: JSON.stringify(outputs), version: eb("version", "+", 1) }))
    .where("execution_id", "=", execution_id)
    .execute();
}

/** Which step of the run failed is known once its log is; the task tells it as well, where it failed for that. Its state and its plan stay. */
async function keepLateDetail(trx: Db, before: ExecutionRow, after: ExecutionRow): Promise<void> {
  const step = (await listSteps(trx, [after.task_id ?? ""])).find((one) => one.execution_id === after.execution_id);
  if (step === undefined) return;
  await trx
    .updateTable("tasks")
    .set({ failure_detail: failureOf(after, step).detail })
    .where("id", "=", step.task_id)
    .where("failure_detail", "=", failureOf(before, step).detail)
    .execute();
}

function failureOf(row: ExecutionRow, step: { index: number; skill_name: string }) {
  const code: FailureCode = row.failure_code ?? "step_failed";
  return { code, detail: nameStep(step, row.failure_detail ?? `It ended as ${row.status}.`) };
}
