import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { listAudit } from "../audit/store.ts";
import type { Context } from "../context.ts";
import { toPage } from "../database/page.ts";
import { inSnapshot } from "../database/snapshot.ts";
import { toHistoryEntry } from "../executions/view.ts";
import { cancelTask } from "./cancel.ts";
import { createTask } from "./create.ts";
import { readView } from "./read-view.ts";
import { planResume, resumeTask } from "./resume.ts";
import { findTask, listSteps, listTasks, taskKey } from "./store.ts";
import { toTask } from "./view.ts";

type TaskHandlers = Pick<
  Handlers<typeof registryEndpoints>,
  "createTask" | "listTasks" | "getTask" | "cancelTask" | "planResume" | "resumeTask"
>;

export function taskHandlers(context: Context): TaskHandlers {
  const { db, announce } = context;
  return {
    async createTask({ body }) {
      const answer = await createTask(context, body);
      announce();
      return answer;
    },
    async listTasks({ query }) {
      const page = toPage(await listTasks(db, query), query.limit, taskKey, (row) => row);
      const ids = page.items.map(({ id }) => id);
      const steps = Map.groupBy(await listSteps(db, ids), ({ task_id }) => task_id);
      return { ...page, items: page.items.map((row) => toTask(row, steps.get(row.id) ?? [])) };
    },
    async getTask({ params: { id } }) {
      return inSnapshot(db, async (trx) => {
        const row = found(await findTask(trx, id));
        const steps = await listSteps(trx, [id]);
        const events = await listAudit(trx, "task", id);
        return { ...toTask(row, steps), events: events.map(toHistoryEntry) };
      });
    },
    async cancelTask({ params: { id }, body: { actor } }) {
      const { task, jobs } = found(await cancelTask(context, id, actor));
      announce();
      return { task: await readView(db, task), jobs };
    },
    async planResume({ params: { id } }) {
      return found(await planResume(context, id));
    },
    async resumeTask({ params: { id }, body }) {
      const { task, jobs } = found(await resumeTask(context, id, body));
      announce();
      return { task: await readView(db, task), jobs };
    },
  };
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new HttpProblem("not_found", "There is no such task.");
  return value;
}
