import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import {
  CallbackBody,
  DryRun,
  ExecuteRequest,
  Execution,
  ExecutionDetail,
  ExecutionLogs,
  LogChunk,
  RerunRequest,
} from "../execution.ts";
import { pageOf } from "../page.ts";
import { IdempotencyHeader } from "./idempotency.ts";
import { read, write } from "./problems.ts";
import { ExecutionQuery, LogQuery, LogStreamQuery } from "../queries.ts";
import { ByExecution } from "../refs.ts";
import { SkillName } from "../skill.ts";

/** Executions, and what their runs ask and report. */
export const publicExecutionEndpoints = {
  executeSkill: {
    method: "POST",
    path: "/api/skills/{name}/execute",
    summary: "Run a skill's active revision",
    access: "operator",
    params: z.strictObject({ name: SkillName }),
    headers: IdempotencyHeader,
    body: ExecuteRequest.prefault({}),
    answers: { 202: Execution },
    also: { 200: DryRun },
    problems: [...write, "wrong_state", "key_reused"],
  },
  claimExecution: {
    method: "POST",
    path: "/api/executions/{execution_id}/claim",
    summary: "Asked by a run before it acts: one run of an execution may",
    access: "proof",
    params: ByExecution,
    answers: { 200: z.object({ claimed: z.literal(true).meta({ description: "This run may act." }) }) },
    problems: ["malformed", "bad_proof", "not_found", "wrong_state", "unavailable"],
  },
  callback: {
    method: "POST",
    path: "/api/skills/callback",
    summary: "Posted by a run when it ends",
    access: "proof",
    body: CallbackBody,
    answers: { 200: z.object({ accepted: z.literal(true).meta({ description: "It is kept." }) }) },
    problems: [
      "malformed",
      "bad_proof",
      "not_found",
      "contradicts_run",
      "too_large",
      "unsupported_media_type",
      "refused",
      "unavailable",
    ],
  },
  listExecutions: {
    method: "GET",
    path: "/api/executions",
    summary: "Executions, newest first",
    access: "viewer",
    query: ExecutionQuery,
    answers: { 200: pageOf(Execution) },
    problems: read,
  },
  getExecution: {
    method: "GET",
    path: "/api/executions/{execution_id}",
    summary: "One execution with its history, jobs and steps",
    access: "viewer",
    params: ByExecution,
    answers: { 200: ExecutionDetail },
    problems: read,
  },
  getExecutionLogs: {
    method: "GET",
    path: "/api/executions/{execution_id}/logs",
    summary: "The log as text, or per job and line as JSON, by Accept",
    access: "viewer",
    params: ByExecution,
    query: LogQuery,
    answers: { 200: ExecutionLogs },
    problems: read,
  },
  streamExecutionLogs: {
    method: "GET",
    path: "/api/executions/{execution_id}/logs/stream",
    summary:
      "The log as each job's comes (text/event-stream), until it is complete; Last-Event-ID or after resumes without a gap",
    access: "viewer",
    params: ByExecution,
    query: LogStreamQuery,
    headers: z.object({
      "last-event-id": z.coerce.number().int().min(0).optional().meta({ description: "The last id that was seen." }),
    }),
    answers: { 200: LogChunk },
    problems: read,
  },
  cancelExecution: {
    method: "POST",
    path: "/api/executions/{execution_id}/cancel",
    summary: "Cancel an execution",
    access: "operator",
    params: ByExecution,
    answers: { 202: Execution },
    problems: [...read, "wrong_state"],
  },
  rerunExecution: {
    method: "POST",
    path: "/api/executions/{execution_id}/rerun",
    summary: "Run the same skill again with the same inputs, or changed ones",
    access: "operator",
    params: ByExecution,
    headers: IdempotencyHeader,
    body: RerunRequest.optional(),
    answers: { 202: Execution },
    problems: [...write, "wrong_state", "key_reused"],
  },
} as const satisfies Endpoints;
