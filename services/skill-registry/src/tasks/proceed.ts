import type { Failure } from "@infraskill/contracts/execution";
import type { Job } from "@infraskill/contracts/queues";
import type { FieldError } from "@infraskill/contracts/problem";
import type { TaskEventName, TaskStatus } from "@infraskill/contracts/task-machine";
import { randomUUID } from "node:crypto";
import type { QueryCreator, Updateable } from "kysely";
import { databaseNow } from "../database/clock.ts";
import type { Db } from "../database/connect.ts";
import type { Database, SkillExecutionsTable, TaskRow, TasksTable } from "../database/schema.ts";
import { type NewExecution, withExecution } from "../executions/insert.ts";
import { jobsOf } from "../executions/owed-by.ts";
import { giveSlots, isLimited, limitsOf } from "../executions/slots.ts";
import type { Terms } from "../executions/terms.ts";
import { decideMove } from "./decide.ts";
import { executionOf, readyStep } from "./start-step.ts";
import { type MovingTask, type PinnedStep, type StepChange, type TaskChange, withTaskChange } from "./store.ts";

export type Proceeded = { task: TaskRow; jobs: Job[]; refused: FieldError[] };

/** What led here, for the history: who, and how a step ended. */
export type Cause = {
  actor: string;
  /** What a step that starts is told as; a step that was started, unless told. */
  action?: Extract<TaskEventName, "resumed">;
  detail?: Record<string, unknown>;
  set?: Updateable<TasksTable>;
  /** What has become of steps already, to be written with the rest. */
  steps?: readonly StepChange[];
  /** Adds its parts to the statement that writes it all, where `changed` is the task. */
  also?: (query: QueryCreator<Database>) => QueryCreator<Database>;
};

const ends = {
  succeeded: "last_step_succeeded",
  failed: "step_failed",
  cancelled: "cancelled",
} as const satisfies Record<Exclude<TaskStatus, "running">, TaskEventName>;

/**
 * Moves a running task on until a step is running or the task has ended, and writes all of it in one statement. A step whose inputs do not fit fails
 * without an execution. `steps` are the task's steps as they now are. @throws when the task has changed since it was read; nothing is written then
 */
export async function proceed(
  trx: Db,
  task: MovingTask,
  steps: readonly PinnedStep[],
  cause: Cause,
  terms: Terms,
): Promise<Proceeded> {
  let known = steps;
  let set: Updateable<TasksTable> = { ...cause.set };
  const detail = { ...cause.detail };
  const refused: FieldError[] = [];
  const changed: StepChange[] = [...(cause.steps ?? [])];
  for (;;) {
    const { skip, start, end } = decideMove(known, task.cancel_requested);
    changed.push(...skip.map((index) => ({ index, status: "skipped" }) as const));
    known = known.map((step) => (skip.includes(step.index) ? { ...step, status: "skipped" } : step));
    if (end !== undefined) {
      const completed_at = await databaseNow(trx);
      const failure = end === "cancelled" && !hasFailure(task, set) ? cancelled : {};
      const change = {
        set: { ...set, ...failure, status: end, completed_at },
        steps: changed,
        actor: cause.actor,
        action: ends[end],
        detail,
      };
      return { task: await endTask(trx, task, change, cause), jobs: [], refused };
    }
    const step = known.find(({ index }) => index === start);
    if (step === undefined) throw new Error(`task ${task.id} has a step that runs already`);
    const ready = readyStep(task, known, step);
    if (!step.finally) set = { ...set, current_skill_index: step.index };
    if (ready.ok) {
      const execution = { ...executionOf(task, step, ready), execution_id: randomUUID() };
      const { execution_id, inputs } = execution;
      const change = {
        set,
        steps: [...changed, { index: step.index, status: "running", execution_id, inputs } as const],
        actor: cause.actor,
        action: cause.action ?? ("step_started" as const),
        detail: { ...detail, started: step.index, skill: step.skill_name, execution_id },
      };
      return { ...(await startExecution(trx, task, { change, execution }, cause, terms)), refused };
    }
    changed.push({ index: step.index, status: "failed", failure: ready.failure.detail });
    known = known.map((other) => (other === step ? { ...other, status: "failed" } : other));
    refused.push(...ready.errors);
    detail["refused"] = ready.failure.detail;
    if (!hasFailure(task, set)) set = { ...set, ...toColumns(ready.failure) };
  }
}

async function endTask(trx: Db, task: MovingTask, change: TaskChange, { also }: Cause): Promise<TaskRow> {
  const ending = withTaskChange(trx, task, change);
  return adding(also, ending).selectFrom("changed").selectAll().executeTakeFirstOrThrow();
}

type StepExecution = NewExecution & { execution_id: string };

async function startExecution(
  trx: Db,
  task: MovingTask,
  { change, execution }: { change: TaskChange; execution: StepExecution },
  { also }: Cause,
  terms: Terms,
): Promise<{ task: TaskRow; jobs: Job[] }> {
  const starting = withExecution(withTaskChange(trx, task, change), execution, terms);
  const { made_version, made_due_at, ...moved } = await adding(also, starting)
    .selectFrom(["changed", "made"])
    .selectAll("changed")
    .select(["made.version as made_version", "made.due_at as made_due_at"])
    .executeTakeFirstOrThrow();
  const { execution_id, skill_name, concurrency, inputs } = execution;
  if (isLimited(limitsOf(skill_name, concurrency, inputs), terms))
    return { task: moved, jobs: (await giveSlots(trx, terms)).jobs };
  const queued = {
    execution_id,
    status: "queued",
    logs_owed: false,
    version: made_version,
    due_at: made_due_at,
  } as const;
  return { task: moved, jobs: jobsOf(queued) };
}

/** The parts of the statement by name; `made` only where a step starts. */
type Parts = Database & { changed: TasksTable; made: SkillExecutionsTable };

/** The caller's parts go last, because they look at the others. */
function adding(also: Cause["also"], query: QueryCreator<Database>): QueryCreator<Parts> {
  return also === undefined ? query : also(query);
}

const cancelled = toColumns({ code: "cancelled", detail: "It was cancelled on request." });

export function toColumns({ code, detail }: Failure) {
  return { failure_code: code, failure_detail: detail };
}

/** The first failure is the one that is told. */
function hasFailure(task: MovingTask, set: Updateable<TasksTable>): boolean {
  return (set.failure_code === undefined ? task.failure_code : set.failure_code) !== null;
}
