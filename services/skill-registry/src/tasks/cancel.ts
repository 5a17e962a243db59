import type { Job } from "@infraskill/contracts/queues";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { TaskRow } from "../database/schema.ts";
import { applyToExecution } from "../executions/apply.ts";
import { skippedByCancel } from "./decide.ts";
import { changeSteps, changeTask, listSteps, lockTask } from "./store.ts";

/**
 * Asks for a task's cancel: its running execution is cancelled and the steps left are skipped. The task ends when that execution does, with the
 * result that won the race. Asking again while `finally` runs cancels that, too. Undefined when there is no such task.
 */
export async function cancelTask(
  context: Context,
  id: string,
  actor: string,
): Promise<{ task: TaskRow; jobs: Job[] } | undefined> {
  return context.db.transaction().execute(async (trx) => {
    const task = await lockTask(trx, id);
    if (task === undefined) return undefined;
    if (task.status !== "running") throw new HttpProblem("wrong_state", `It has ended already: ${task.status}.`);
    const steps = await listSteps(trx, [id]);
    const skip = skippedByCancel(steps);
    const running = steps.find(({ status }) => status === "running");
    const applied =
      running?.execution_id == null
        ? undefined
        : await applyToExecution(
            trx,
            { execution_id: running.execution_id, happening: { type: "cancel_requested" }, actor },
            context,
          );
    if (applied?.applied !== true && skip.length === 0 && task.cancel_requested) return { task, jobs: [] };
    await changeSteps(trx, id, skip, { status: "skipped" });
    const asked = await changeTask(trx, task, {
      set: { cancel_requested: true },
      actor,
      action: "cancel_requested",
      detail: { skipped: skip },
    });
    return { task: asked, jobs: applied?.jobs ?? [] };
  });
}
