import type { Task } from "@infraskill/contracts/task";
import type { Db } from "../database/connect.ts";
import type { TaskRow } from "../database/schema.ts";
import { listSteps } from "./store.ts";
import { toTask } from "./view.ts";

/** A task as the API tells it, with its steps as they are now. */
export async function readView(db: Db, row: TaskRow): Promise<Task> {
  return toTask(row, await listSteps(db, [row.id]));
}
