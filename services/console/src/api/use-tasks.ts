import { isFinal } from "@infraskill/contracts/machine";
import { type Task, TaskPlan } from "@infraskill/contracts/task";
import { taskMachine } from "@infraskill/contracts/task-machine";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, bodyOf } from "./client.ts";
import { queryKeys, type TaskFilter } from "./query-keys.ts";
import { readAnswer } from "./read-answer.ts";

/** Tasks, newest first, page by page. */
export function useTasks(filter: TaskFilter) {
  return useInfiniteQuery({
    queryKey: queryKeys.taskList(filter),
    queryFn: ({ signal, pageParam }) =>
      bodyOf(api.listTasks({ query: { ...filter, limit: 50, cursor: pageParam }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

export function useTask(id: string) {
  return useQuery({
    queryKey: queryKeys.task(id),
    queryFn: ({ signal }) => bodyOf(api.getTask({ params: { id }, signal })),
  });
}

/** Nothing about it changes by itself any more; a failed one can be resumed. */
export function isTaskOver({ status }: Pick<Task, "status">): boolean {
  return status === "failed" || isFinal(taskMachine, status);
}

/** What resuming a failed task would run. Asked anew for every state of the task. */
export function useResumePlan({ id, completed_at }: Pick<Task, "id" | "completed_at">) {
  return useQuery({
    queryKey: queryKeys.resumePlan(id, completed_at),
    queryFn: async ({ signal }): Promise<TaskPlan> =>
      TaskPlan.parse(
        await (await readAnswer(`/api/tasks/${id}/resume?preview=true`, { method: "POST", signal })).json(),
      ),
    staleTime: 0,
  });
}
