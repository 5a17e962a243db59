import type { Failure } from "@infraskill/contracts/execution";
import type { Job } from "@infraskill/contracts/queues";
import type { FieldError } from "@infraskill/contracts/problem";
import type { TaskEventName, TaskStatus } from "@infraskill/contracts/task-machine";
import type { Updateable } from "kysely";
import { databaseNow } from "../database/clock.ts";
import type { Db } from "../database/connect.ts";
import type { TaskRow, TasksTable } from "../database/schema.ts";
import type { Terms } from "../executions/terms.ts";
import { decideMove } from "./decide.ts";
import { startStep } from "./start-step.ts";
import { changeTask, moveSteps, type PinnedStep, type StepChange } from "./store.ts";

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
};

const ends = {
  succeeded: "last_step_succeeded",
  failed: "step_failed",
  cancelled: "cancelled",
} as const satisfies Record<Exclude<TaskStatus, "running">, TaskEventName>;

/**
 * Moves a running task on, inside the caller's transaction, until a step is running or the task has ended. A step whose inputs do not fit fails
 * without an execution. The task's row is locked; `steps` are its steps as they now are.
 */
export async function proceed(
  trx: Db,
  task: TaskRow,
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
      const ended = await changeTask(trx, task, {
        set: { ...set, ...failure, status: end, completed_at },
        steps: changed,
        actor: cause.actor,
        action: ends[end],
        detail,
      });
      return { task: ended, jobs: [], refused };
    }
    const step = known.find(({ index }) => index === start);
    if (step === undefined) {
      await moveSteps(trx, task.id, changed);
      return { task, jobs: [], refused };
    }
    const started = await startStep(trx, task, known, step, terms);
    if (started.ok) {
      const { execution } = started;
      const { execution_id, inputs } = execution;
      changed.push({ index: step.index, status: "running", execution_id, inputs });
      if (!step.finally) set = { ...set, current_skill_index: step.index };
      const told = { ...detail, started: step.index, skill: step.skill_name, execution_id };
      const moved = await changeTask(trx, task, {
        set,
        steps: changed,
        actor: cause.actor,
        action: cause.action ?? "step_started",
        detail: told,
      });
      return { task: moved, jobs: started.jobs, refused };
    }
    changed.push({ index: step.index, status: "failed", failure: started.failure.detail });
    known = known.map((other) => (other === step ? { ...other, status: "failed" } : other));
    refused.push(...started.errors);
    detail["refused"] = started.failure.detail;
    if (!step.finally) set = { ...set, current_skill_index: step.index };
    if (!hasFailure(task, set)) set = { ...set, ...toColumns(started.failure) };
  }
}

const cancelled = toColumns({ code: "cancelled", detail: "It was cancelled on request." });

export function toColumns({ code, detail }: Failure) {
  return { failure_code: code, failure_detail: detail };
}

/** The first failure is the one that is told. */
function hasFailure(task: TaskRow, set: Updateable<TasksTable>): boolean {
  return (set.failure_code === undefined ? task.failure_code : set.failure_code) !== null;
}
