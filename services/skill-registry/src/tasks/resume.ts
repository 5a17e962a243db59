import type { TaskPlan } from "@infraskill/contracts/task";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { dependsOnSteps } from "@infraskill/workflow/evaluate/task-inputs";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import type { TaskRow } from "../database/schema.ts";
import { resumedSteps } from "./decide.ts";
import { proceed, type Proceeded } from "./proceed.ts";
import { inputsOf, readyStep } from "./start-step.ts";
import { activeRevisions, changeSteps, findTask, listSteps, lockTask, type PinnedStep } from "./store.ts";

/** What resuming would run, with the revisions the steps are pinned to and the inputs as far as they are known. Undefined: no such task. */
export async function planResume({ db }: Context, id: string): Promise<TaskPlan | undefined> {
  const task = await findTask(db, id);
  if (task === undefined) return undefined;
  refuseUnlessFailed(task);
  const steps = await listSteps(db, [id]);
  const again = resumedSteps(steps);
  const active = await activeNumbers(db, steps);
  const pending = setPending(steps, again);
  const [first] = again;
  const planned = pending.filter(({ index }) => again.includes(index));
  return {
    task_id: id,
    plan_version: task.version,
    steps: planned.map((step) => {
      const ready = step.index === first || !dependsOnSteps(step.given);
      const evaluated = ready ? inputsOf(task, pending, step) : undefined;
      const newest = active.get(step.skill_name) ?? null;
      return {
        index: step.index,
        skill_name: step.skill_name,
        finally: step.finally,
        revision: step.revision,
        commit_hash: step.commit_hash ?? "",
        newer_revision: newest === step.revision ? null : newest,
        inputs: evaluated?.ok === true ? evaluated.inputs : step.given,
        evaluated: evaluated?.ok === true,
      };
    }),
    errors: planned.slice(0, 1).flatMap((step) => {
      const ready = readyStep(task, pending, step);
      return ready.ok ? [] : ready.errors;
    }),
  };
}

/**
 * Resumes a failed task: the failed step gets a new execution and the skipped ones their turn. Undefined when there is no such task.
 *
 * @throws HttpProblem stale_revision when the task has changed since the plan; refused when the failed step still cannot run
 */
export async function resumeTask(
  context: Context,
  id: string,
  { actor, plan_version }: { actor: string; plan_version?: number | undefined },
): Promise<Proceeded | undefined> {
  return context.db.transaction().execute(async (trx) => {
    const task = await lockTask(trx, id);
    if (task === undefined) return undefined;
    if (plan_version !== undefined && plan_version !== task.version) {
      throw new HttpProblem("stale_revision", "The task has changed since this plan was made. Look at it again.");
    }
    refuseUnlessFailed(task);
    const steps = await listSteps(trx, [id]);
    const again = resumedSteps(steps);
    for (const step of steps.filter(({ index }) => again.includes(index))) {
      await changeSteps(trx, id, [step.index], {
        status: "pending",
        inputs: JSON.stringify(step.given),
        execution_id: null,
        outputs: null,
        failure: null,
      });
    }
    const resumed: TaskRow = { ...task, cancel_requested: false, resumed_by: actor };
    const proceeded = await proceed(
      trx,
      resumed,
      setPending(steps, again),
      {
        actor,
        action: "resumed",
        detail: { resumed: again },
        set: {
          status: "running",
          resumed_by: actor,
          cancel_requested: false,
          completed_at: null,
          failure_code: null,
          failure_detail: null,
        },
      },
      context,
    );
    if (proceeded.refused.length > 0) {
      throw new HttpProblem("refused", "The step still cannot run with these inputs. Nothing was started.", {
        errors: proceeded.refused,
      });
    }
    return proceeded;
  });
}

function setPending(steps: readonly PinnedStep[], again: readonly number[]): PinnedStep[] {
  return steps.map((step) =>
    again.includes(step.index) ? { ...step, status: "pending", execution_id: null, outputs: null } : step,
  );
}

async function activeNumbers(db: Db, steps: readonly PinnedStep[]): Promise<Map<string, number | null>> {
  const active = await activeRevisions(db, [...new Set(steps.map(({ skill_name }) => skill_name))]);
  return new Map(active.map(({ name, active_revision }) => [name, active_revision]));
}

function refuseUnlessFailed({ status }: TaskRow): void {
  if (status !== "failed")
    throw new HttpProblem("wrong_state", `Only a failed task can be resumed; this one is ${status}.`);
}
