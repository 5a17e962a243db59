import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { pageOf } from "../page.ts";
import { IdempotencyHeader } from "./idempotency.ts";
import { read, write } from "./problems.ts";
import { TaskQuery } from "../queries.ts";
import { ByTask } from "../refs.ts";
import { ResumeRequest, Task, TaskDetail, TaskPlan, TaskRequest } from "../task.ts";

export const publicTaskEndpoints = {
  createTask: {
    method: "POST",
    path: "/api/tasks",
    summary: "Carry out skills one after another",
    access: "operator",
    headers: IdempotencyHeader,
    body: TaskRequest,
    answers: { 202: Task },
    problems: [...write, "key_reused"],
  },
  listTasks: {
    method: "GET",
    path: "/api/tasks",
    summary: "Tasks, newest first",
    access: "viewer",
    query: TaskQuery,
    answers: { 200: pageOf(Task) },
    problems: read,
  },
  getTask: {
    method: "GET",
    path: "/api/tasks/{id}",
    summary: "One task with its steps and its history",
    access: "viewer",
    params: ByTask,
    answers: { 200: TaskDetail },
    problems: read,
  },
  cancelTask: {
    method: "POST",
    path: "/api/tasks/{id}/cancel",
    summary: "Cancel a task: its running step is cancelled, later ones are skipped",
    access: "operator",
    params: ByTask,
    answers: { 202: Task },
    problems: [...read, "wrong_state"],
  },
  resumeTask: {
    method: "POST",
    path: "/api/tasks/{id}/resume",
    summary: "Resume a failed task from the failed step; with preview=true only say what would run",
    access: "operator",
    params: ByTask,
    query: z.strictObject({
      preview: z.enum(["true", "false"]).default("false").meta({ description: "Only say what would run." }),
    }),
    body: ResumeRequest.optional(),
    answers: { 202: Task },
    also: { 200: TaskPlan },
    problems: [...write, "wrong_state", "stale_revision"],
  },
} as const satisfies Endpoints;
