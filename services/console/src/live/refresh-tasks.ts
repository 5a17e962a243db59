import type { LiveEvent } from "@infraskill/contracts/live-event";
import type { QueryClient } from "@tanstack/react-query";
import { queryKeys } from "../api/query-keys.ts";
import { refresh } from "./refresh.ts";

/** A change of a task changes the lists, its own page and the executions of its steps. */
export function refreshTasks(client: QueryClient, events: readonly LiveEvent[]): void {
  const tasks = events.filter(({ kind }) => kind === "task");
  if (tasks.length === 0) return;
  refresh(client, queryKeys.taskLists);
  for (const { object_id } of tasks) {
    refresh(client, queryKeys.task(object_id));
    refresh(client, queryKeys.executionList({ task_id: object_id }));
  }
}
