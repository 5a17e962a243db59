import { z } from "zod";
import type { Endpoints } from "../endpoint.ts";
import { DryRun, Execution, ExecutionDetail, ExecutionLogs, RerunRequest } from "../execution.ts";
import { pageOf } from "../page.ts";
import { ExecutionQuery, LogQuery } from "../queries.ts";
import { ByExecution } from "../refs.ts";
import { Applied, Idempotency, Jobs, reads, writes } from "./answers.ts";
import { BegunDispatch, ExecutionWork } from "./work.ts";
import { SkillName } from "../skill.ts";
import { JsonObject } from "../text.ts";
import { CallbackReport, ExecutionEvent, RunClaims } from "../worker-events.ts";

/** Executions, what their runs ask and report, and the work they owe. */
export const executionEndpoints = {
  executeSkill: {
    method: "POST",
    path: "/internal/skills/{name}/executions",
    summary: "Accept an execution of the active revision",
    access: "service",
    params: z.strictObject({ name: SkillName }),
    body: z.strictObject({ actor: z.string(), idempotency_key: Idempotency, inputs: JsonObject }),
    answers: { 202: z.object({ execution: Execution, jobs: Jobs }) },
    problems: [...writes, "wrong_state", "key_reused"],
  },
  previewExecution: {
    method: "POST",
    path: "/internal/skills/{name}/executions/preview",
    summary: "What an execution of the active revision would send",
    access: "service",
    params: z.strictObject({ name: SkillName }),
    body: z.strictObject({ inputs: JsonObject }),
    answers: { 200: DryRun },
    problems: [...writes, "wrong_state"],
  },
  listExecutions: {
    method: "GET",
    path: "/internal/executions",
    summary: "Executions, newest first",
    access: "service",
    query: ExecutionQuery,
    answers: { 200: pageOf(Execution) },
    problems: reads,
  },
  getExecution: {
    method: "GET",
    path: "/internal/executions/{execution_id}",
    summary: "One execution with history, jobs and steps",
    access: "service",
    params: ByExecution,
    answers: { 200: ExecutionDetail },
    problems: reads,
  },
  getExecutionLogs: {
    method: "GET",
    path: "/internal/executions/{execution_id}/logs",
    summary: "Log lines per job",
    access: "service",
    params: ByExecution,
    query: LogQuery,
    answers: { 200: ExecutionLogs },
    problems: reads,
  },
  cancelExecution: {
    method: "POST",
    path: "/internal/executions/{execution_id}/cancel",
    summary: "Ask for a cancel",
    access: "service",
    params: ByExecution,
    body: z.strictObject({ actor: z.string() }),
    answers: { 202: z.object({ execution: Execution, jobs: Jobs }) },
    problems: [...writes, "wrong_state"],
  },
  rerunExecution: {
    method: "POST",
    path: "/internal/executions/{execution_id}/rerun",
    summary: "Accept a new execution with the same inputs, or changed ones",
    access: "service",
    params: ByExecution,
    body: RerunRequest.extend({ actor: z.string(), idempotency_key: Idempotency }),
    answers: { 202: z.object({ execution: Execution, jobs: Jobs }) },
    problems: [...writes, "wrong_state", "key_reused"],
  },
  claimExecution: {
    method: "POST",
    path: "/internal/executions/{execution_id}/claim",
    summary: "Let one run have the execution",
    access: "service",
    params: ByExecution,
    body: z.strictObject({ claims: RunClaims }),
    answers: { 200: z.object({ claimed: z.literal(true), jobs: Jobs }) },
    problems: [...writes, "bad_proof", "wrong_state"],
  },
  acceptCallback: {
    method: "POST",
    path: "/internal/executions/{execution_id}/callback",
    summary: "Keep what a run reports, as a delivery",
    access: "service",
    params: ByExecution,
    body: z.strictObject({ claims: RunClaims, report: CallbackReport }),
    answers: { 200: z.object({ accepted: z.literal(true), jobs: Jobs }) },
    problems: [...writes, "bad_proof", "contradicts_run"],
  },
  executionWork: {
    method: "GET",
    path: "/internal/executions/{execution_id}/work",
    summary: "What a worker needs to act on an execution",
    access: "service",
    params: ByExecution,
    answers: { 200: ExecutionWork },
    problems: reads,
  },
  beginDispatch: {
    method: "POST",
    path: "/internal/executions/{execution_id}/dispatch",
    summary: "Take a queued execution to send it to GitHub: from here on it counts as perhaps sent",
    access: "service",
    params: ByExecution,
    body: z.strictObject({ version: z.number().int() }),
    answers: { 200: BegunDispatch },
    problems: writes,
  },
  reportExecution: {
    method: "POST",
    path: "/internal/executions/{execution_id}/events",
    summary: "What happened to an execution",
    access: "service",
    params: ByExecution,
    body: z.strictObject({ version: z.number().int(), event: ExecutionEvent }),
    answers: { 200: Applied },
    problems: writes,
  },
} as const satisfies Endpoints;
