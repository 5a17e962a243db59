import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { pageOf } from "../page.ts";
import { TaskQuery } from "../queries.ts";
import { ByTask } from "../refs.ts";
import { DrawnId, Idempotency, Jobs, reads, writes } from "./answers.ts";
import { ResumeRequest, Task, TaskDetail, TaskPlan, TaskRequest } from "../task.ts";

export const taskEndpoints = {
  createTask: {
    method: "POST",
    path: "/internal/tasks",
    summary: "Accept a task: every step pinned to its skill's active revision, the first one queued",
    access: "service",
    body: z.strictObject({ id: DrawnId, actor: z.string(), idempotency_key: Idempotency, task: TaskRequest }),
    answers: { 202: z.object({ task: Task, jobs: Jobs }) },
    problems: [...writes, "key_reused"],
  },
  listTasks: {
    method: "GET",
    path: "/internal/tasks",
    summary: "Tasks, newest first",
    access: "service",
    query: TaskQuery,
    answers: { 200: pageOf(Task) },
    problems: reads,
  },
  getTask: {
    method: "GET",
    path: "/internal/tasks/{id}",
    summary: "One task with its steps and its history",
    access: "service",
    params: ByTask,
    answers: { 200: TaskDetail },
    problems: reads,
  },
  cancelTask: {
    method: "POST",
    path: "/internal/tasks/{id}/cancel",
    summary: "Ask for a task's cancel",
    access: "service",
    params: ByTask,
    body: z.strictObject({ actor: z.string() }),
    answers: { 202: z.object({ task: Task, jobs: Jobs }) },
    problems: [...writes, "wrong_state"],
  },
  planResume: {
    method: "GET",
    path: "/internal/tasks/{id}/resume",
    summary: "What resuming a failed task would run",
    access: "service",
    params: ByTask,
    answers: { 200: TaskPlan },
    problems: [...reads, "wrong_state"],
  },
  resumeTask: {
    method: "POST",
    path: "/internal/tasks/{id}/resume",
    summary: "Resume a failed task from the failed step",
    access: "service",
    params: ByTask,
    body: ResumeRequest.extend({ actor: z.string() }),
    answers: { 202: z.object({ task: Task, jobs: Jobs }) },
    problems: [...writes, "wrong_state", "stale_revision"],
  },
} as const satisfies Endpoints;
