import { z } from "zod";
import { Actor, ApiToken, TokenRequest } from "./actor.ts";
import type { Endpoints } from "./endpoint.ts";
import { DryRun, Execution, ExecutionDetail, ExecutionId, ExecutionLogs, RerunRequest } from "./execution.ts";
import { deliveryStatuses } from "./delivery-machine.ts";
import { executionStatuses } from "./execution-machine.ts";
import { LiveEvent } from "./live-event.ts";
import { PageQuery, pageOf } from "./page.ts";
import { ExecutionQuery, LogQuery, SkillQuery, SkillRef, TaskQuery } from "./public-endpoints.ts";
import { Job } from "./queues.ts";
import { revisionStatuses } from "./revision-machine.ts";
import { Concurrency, JsonSchemaObject, Revision, Skill, SkillName } from "./skill.ts";
import { ResumeRequest, Task, TaskDetail, TaskId, TaskPlan, TaskRequest } from "./task.ts";
import { GitSha, JsonObject, RowNumber, text, Timestamp } from "./text.ts";
import { CallbackReport, DeliveryOutcome, ExecutionEvent, RevisionEvent, RunClaims } from "./worker-events.ts";

const Jobs = z.array(Job).meta({ description: "What is owed now; whoever called publishes it." });
const BySkill = z.strictObject({ id: SkillRef });
const ByExecution = z.strictObject({ execution_id: ExecutionId });
const ByTask = z.strictObject({ id: TaskId });
const ByRow = z.strictObject({ id: RowNumber });

/** A whole skill text as the registry keeps it: commands have been rendered by the gateway. */
export const SkillText = z.strictObject({
  name: SkillName,
  description: z.string(),
  category: z.string(),
  inputs_schema: JsonSchemaObject,
  outputs_schema: JsonSchemaObject,
  concurrency: Concurrency.nullish(),
  yaml_content: z.string(),
});
export type SkillText = z.infer<typeof SkillText>;

const Idempotency = text({ min: 1, max: 200 }).optional();

/** What a worker reads before it acts on a revision. */
export const RevisionWork = z.object({
  id: z.number().int(),
  version: z.number().int(),
  status: z.enum(revisionStatuses),
  revision: z.number().int(),
  skill_name: SkillName,
  description: z.string(),
  category: z.string(),
  inputs_schema: JsonSchemaObject,
  outputs_schema: JsonSchemaObject,
  yaml_content: z.string(),
  hash: z.string(),
  created_by: z.string(),
  created_at: Timestamp,
  pr_number: z.number().int().nullable(),
  pr_url: z.string().nullable(),
  pr_etag: z.string().nullable(),
  merge_commit_sha: GitSha.nullable(),
  active: z
    .object({
      revision: z.number().int(),
      commit_hash: GitSha,
      inputs_schema: JsonSchemaObject,
      outputs_schema: JsonSchemaObject,
      yaml_content: z.string(),
    })
    .nullable()
    .meta({ description: "The skill's active revision, when this is not the first." }),
  replaced_pr_numbers: z.array(z.number().int()).meta({
    description: "Pull requests of earlier revisions whose place this one took before they were merged: to be closed.",
  }),
});
export type RevisionWork = z.infer<typeof RevisionWork>;

/** What a worker reads before it acts on an execution. */
export const ExecutionWork = z.object({
  execution_id: ExecutionId,
  version: z.number().int(),
  status: z.enum(executionStatuses),
  skill_name: SkillName,
  revision: z.number().int(),
  github_path: z.string(),
  ref: z.string().meta({ description: "The tag to dispatch." }),
  commit_hash: GitSha,
  inputs: JsonObject,
  inputs_schema: JsonSchemaObject,
  github_run_id: z.number().int().nullable(),
  run_attempt: z.number().int().nullable(),
  claimed_attempt: z
    .number()
    .int()
    .nullable()
    .meta({ description: "The attempt of the run that may act: its end counts." }),
  kept_logs: z.array(z.number().int()).meta({ description: "GitHub's ids of the jobs whose log is kept." }),
  dispatch_attempts: z.number().int(),
  created_at: Timestamp,
  dispatch_started_at: Timestamp.nullable(),
  look_up_until: Timestamp.nullable().meta({
    description: "Until when a run with an unknown dispatch answer is looked for before it is sent again.",
  }),
  cancel_sent: z.boolean(),
  deadline_at: Timestamp.nullable().meta({ description: "When the registry ends the waiting in this state." }),
  force_cancel_at: Timestamp.nullable().meta({ description: "From when on a run that was asked to end is made to." }),
  logs_owed: z.boolean(),
  now: Timestamp.meta({ description: "The database's clock." }),
});
export type ExecutionWork = z.infer<typeof ExecutionWork>;

export const DeliveryWork = z.object({
  id: z.number().int(),
  version: z.number().int(),
  status: z.enum(deliveryStatuses),
  kind: z.enum(["webhook", "callback"]),
  guid: z.string(),
  event: z.string(),
  execution_id: ExecutionId.nullable(),
  body: z.string().meta({ description: "The raw body, UTF-8." }),
  attempts: z.number().int(),
});
export type DeliveryWork = z.infer<typeof DeliveryWork>;

/** `applied: false` is a normal outcome: the row has moved on. */
export const Applied = z.object({
  applied: z.boolean(),
  reason: z.string().optional(),
  version: z.number().int(),
  status: z.string(),
  jobs: Jobs,
});
export type Applied = z.infer<typeof Applied>;

/** Hex, of a token or a session: neither is ever sent between the services or stored. */
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const reads = ["not_found", "malformed", "unavailable", "unauthenticated"] as const;
const writes = [...reads, "refused"] as const;

/** The registry's private HTTP API. Every answer that changed something says which jobs are owed now. */
export const registryEndpoints = {
  authenticate: {
    method: "POST",
    path: "/internal/authenticate",
    summary: "Who a bearer token belongs to",
    access: "service",
    body: z.strictObject({ token_hash: Sha256 }),
    answers: { 200: Actor },
    problems: reads,
  },
  createSession: {
    method: "POST",
    path: "/internal/sessions",
    summary: "Begin a browser's session for whoever a token belongs to",
    access: "service",
    body: z.strictObject({ token_hash: Sha256, session_hash: Sha256 }),
    answers: { 200: z.object({ actor: Actor, expires_at: Timestamp }) },
    problems: reads,
  },
  identifySession: {
    method: "POST",
    path: "/internal/sessions/identify",
    summary: "Who a session belongs to",
    access: "service",
    body: z.strictObject({ session_hash: Sha256 }),
    answers: { 200: Actor },
    problems: reads,
  },
  endSession: {
    method: "POST",
    path: "/internal/sessions/end",
    summary: "End a session; one that is unknown or over is no fault",
    access: "service",
    body: z.strictObject({ session_hash: Sha256 }),
    answers: { 204: null },
    problems: reads,
  },
  createSkill: {
    method: "POST",
    path: "/internal/skills",
    summary: "Keep a new skill and its first revision",
    access: "service",
    body: z.strictObject({ actor: z.string(), idempotency_key: Idempotency, skill: SkillText }),
    answers: { 201: z.object({ skill: Skill, jobs: Jobs }) },
    problems: [...writes, "name_taken", "key_reused"],
  },
  listSkills: {
    method: "GET",
    path: "/internal/skills",
    summary: "List and search skills",
    access: "service",
    query: SkillQuery,
    answers: { 200: pageOf(Skill) },
    problems: reads,
  },
  getSkill: {
    method: "GET",
    path: "/internal/skills/{id}",
    summary: "One skill",
    access: "service",
    params: BySkill,
    answers: { 200: Skill },
    problems: reads,
  },
  updateSkill: {
    method: "PUT",
    path: "/internal/skills/{id}",
    summary: "Keep a new revision",
    access: "service",
    params: BySkill,
    body: z.strictObject({ actor: z.string(), if_match: z.string().optional(), skill: SkillText }),
    answers: { 200: z.object({ skill: Skill, jobs: Jobs }) },
    problems: [...writes, "stale_revision", "wrong_state"],
  },
  archiveSkill: {
    method: "POST",
    path: "/internal/skills/{id}/archive",
    summary: "Retire a skill",
    access: "service",
    params: BySkill,
    body: z.strictObject({ actor: z.string() }),
    answers: { 200: z.object({ skill: Skill, jobs: Jobs }) },
    problems: [...writes, "wrong_state"],
  },
  listRevisions: {
    method: "GET",
    path: "/internal/skills/{id}/revisions",
    summary: "A skill's revisions, newest first",
    access: "service",
    params: BySkill,
    query: PageQuery,
    answers: { 200: pageOf(Revision) },
    problems: reads,
  },
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
  createTask: {
    method: "POST",
    path: "/internal/tasks",
    summary: "Accept a task: every step pinned to its skill's active revision, the first one queued",
    access: "service",
    body: z.strictObject({ actor: z.string(), idempotency_key: Idempotency, task: TaskRequest }),
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
  acceptWebhook: {
    method: "POST",
    path: "/internal/webhooks",
    summary: "Keep a webhook whose signature holds; the body is the raw body (application/octet-stream)",
    access: "service",
    body: z.custom<Uint8Array<ArrayBuffer>>((body) => body instanceof Uint8Array),
    headers: z.object({ "x-github-event": z.string().max(100), "x-github-delivery": z.string().max(100) }),
    answers: { 202: z.object({ duplicate: z.boolean(), jobs: Jobs }) },
    problems: [...writes, "too_large"],
  },
  revisionWork: {
    method: "GET",
    path: "/internal/revisions/{id}",
    summary: "What a worker needs to act on a revision",
    access: "service",
    params: ByRow,
    answers: { 200: RevisionWork },
    problems: reads,
  },
  reportRevision: {
    method: "POST",
    path: "/internal/revisions/{id}/events",
    summary: "What happened to a revision",
    access: "service",
    params: ByRow,
    body: z.strictObject({ version: z.number().int(), event: RevisionEvent }),
    answers: { 200: Applied },
    problems: writes,
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
  deliveryWork: {
    method: "GET",
    path: "/internal/deliveries/{id}",
    summary: "What a worker needs to read a delivery",
    access: "service",
    params: ByRow,
    answers: { 200: DeliveryWork },
    problems: reads,
  },
  reportDelivery: {
    method: "POST",
    path: "/internal/deliveries/{id}/outcome",
    summary: "What came of a delivery",
    access: "service",
    params: ByRow,
    body: z.strictObject({ version: z.number().int(), outcome: DeliveryOutcome }),
    answers: { 200: Applied },
    problems: writes,
  },
  listTokens: {
    method: "GET",
    path: "/internal/tokens",
    summary: "API tokens",
    access: "service",
    query: PageQuery,
    answers: { 200: pageOf(ApiToken) },
    problems: reads,
  },
  createToken: {
    method: "POST",
    path: "/internal/tokens",
    summary: "Keep a token's hash",
    access: "service",
    body: TokenRequest.extend({
      actor: z.string(),
      prefix: z.string().max(20),
      token_hash: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    answers: { 201: ApiToken },
    problems: writes,
  },
  revokeToken: {
    method: "DELETE",
    path: "/internal/tokens/{id}",
    summary: "Revoke a token",
    access: "service",
    params: ByRow,
    query: z.strictObject({ actor: z.string() }),
    answers: { 204: null },
    problems: reads,
  },
  liveEvents: {
    method: "GET",
    path: "/internal/live-events",
    summary: "Live events after an id, in order and without gaps; waits up to `wait_ms` for the first",
    access: "service",
    query: z.strictObject({
      after: z.coerce.number().int().min(0).optional().meta({ description: "Absent: only what is new." }),
      wait_ms: z.coerce.number().int().min(0).max(30_000).default(0),
      limit: z.coerce.number().int().min(1).max(1_000).default(500),
    }),
    answers: { 200: z.object({ items: z.array(LiveEvent), last_id: z.number().int() }) },
    problems: reads,
  },
} as const satisfies Endpoints;
