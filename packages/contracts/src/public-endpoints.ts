import { z } from "zod";
import { Actor, ApiToken, NewToken, SessionRequest, TokenRequest } from "./actor.ts";
import { callbackModes } from "./callback-mode.ts";
import { Validation } from "./diagnostic.ts";
import type { Endpoints } from "./endpoint.ts";
import {
  CallbackBody,
  DryRun,
  ExecuteRequest,
  Execution,
  ExecutionDetail,
  ExecutionId,
  ExecutionLogs,
  ExecutionStatusField,
  RerunRequest,
} from "./execution.ts";
import { LiveEvent } from "./live-event.ts";
import { PageQuery, pageOf } from "./page.ts";
import { RenderRequest, Revision, Skill, SkillDraft, SkillName, SkillStatus, ValidateRequest } from "./skill.ts";
import { RowNumber, text, Timestamp } from "./text.ts";
import { ResumeRequest, Task, TaskDetail, TaskId, TaskPlan, TaskRequest, TaskStatusField } from "./task.ts";

export const SkillRef = z
  .string()
  .regex(/^(?:[1-9][0-9]{0,8}|[a-z][a-z0-9-]{0,62})$/, "must be a skill's number or name");
const BySkill = z.strictObject({ id: SkillRef });
const ByExecution = z.strictObject({ execution_id: ExecutionId });
const ByTask = z.strictObject({ id: TaskId });

export const IdempotencyHeader = z.object({
  "idempotency-key": text({ min: 1, max: 200 })
    .optional()
    .meta({ description: "Same key and body: the first answer again." }),
});

export const SkillQuery = PageQuery.extend({
  status: SkillStatus.optional(),
  category: text({ max: 60 }).optional(),
  q: text({ max: 200 }).optional().meta({ description: "Searches name, description, category and inputs; ranked." }),
});
export type SkillQuery = z.infer<typeof SkillQuery>;

export const ExecutionQuery = PageQuery.extend({
  skill: SkillName.optional(),
  status: ExecutionStatusField.optional(),
  task_id: text({ max: 64 }).optional(),
  requested_by: text({ min: 1, max: 200 }).optional(),
  since: Timestamp.optional().meta({ description: "Accepted at this time or later." }),
  until: Timestamp.optional().meta({ description: "Accepted before this time." }),
  input: text({ max: 2_000 })
    .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,99}=/, "must be an input's name, = and its value")
    .optional()
    .meta({ description: "With this input, as `cluster=prod`." }),
  q: text({ max: 200 }).optional().meta({ description: "Searches skill, inputs and who asked, by whole words." }),
});
export type ExecutionQuery = z.infer<typeof ExecutionQuery>;

export const TaskQuery = PageQuery.extend({ status: TaskStatusField.optional() });
export type TaskQuery = z.infer<typeof TaskQuery>;

export const LogQuery = z.strictObject({
  job: z.coerce.number().int().min(1).optional().meta({ description: "Only this GitHub job." }),
  after: z.coerce.number().int().min(0).default(0).meta({ description: "Only lines after this one, per job." }),
});
export type LogQuery = z.infer<typeof LogQuery>;

const read = ["unauthenticated", "forbidden", "not_found", "malformed", "unavailable"] as const;
const write = [...read, "too_large", "unsupported_media_type", "refused"] as const;

/** Every public JSON route (api.md). The gateway registers its routes, and their access, from this table. */
export const publicEndpoints = {
  createSkill: {
    method: "POST",
    path: "/api/skills/create",
    summary: "Create a skill; its check and its pull request follow",
    access: "author",
    headers: IdempotencyHeader.extend({
      prefer: z
        .string()
        .max(100)
        .optional()
        .meta({ description: "`wait=N` (≤ 30 s) holds the answer until the pull request is open or refused." }),
    }),
    body: SkillDraft,
    answers: { 201: Skill },
    problems: [...write, "name_taken", "key_reused"],
  },
  listSkills: {
    method: "GET",
    path: "/api/skills",
    summary: "List and search skills",
    access: "viewer",
    query: SkillQuery,
    answers: { 200: pageOf(Skill) },
    problems: read,
  },
  getSkill: {
    method: "GET",
    path: "/api/skills/{id}",
    summary: "One skill, by number or name",
    access: "viewer",
    params: BySkill,
    answers: { 200: Skill },
    problems: read,
  },
  updateSkill: {
    method: "PUT",
    path: "/api/skills/{id}",
    summary: "Write a new revision; an active one stays active until the new one is merged",
    access: "author",
    params: BySkill,
    headers: z.object({
      "if-match": z
        .string()
        .max(100)
        .optional()
        .meta({ description: "The revision the change is based on, in quotes." }),
    }),
    body: SkillDraft,
    answers: { 200: Skill },
    problems: [...write, "stale_revision", "wrong_state"],
  },
  validateSkill: {
    method: "POST",
    path: "/api/skills/{id}/validate",
    summary: "Check the stored text, or the body's",
    access: "viewer",
    params: BySkill,
    body: ValidateRequest.partial({ yaml_content: true }).optional(),
    answers: { 200: Validation },
    problems: write,
  },
  validateDraft: {
    method: "POST",
    path: "/api/skills/validate",
    summary: "Check an unsaved draft",
    access: "viewer",
    body: ValidateRequest,
    answers: { 200: Validation },
    problems: write,
  },
  renderSkill: {
    method: "POST",
    path: "/api/skills/render",
    summary: "Make a skill file from metadata, schemas and commands",
    access: "viewer",
    body: RenderRequest,
    answers: { 200: z.object({ yaml_content: z.string() }).meta({ id: "Rendered" }) },
    problems: write,
  },
  listRevisions: {
    method: "GET",
    path: "/api/skills/{id}/revisions",
    summary: "A skill's revisions, newest first",
    access: "viewer",
    params: BySkill,
    query: PageQuery,
    answers: { 200: pageOf(Revision) },
    problems: read,
  },
  archiveSkill: {
    method: "POST",
    path: "/api/skills/{id}/archive",
    summary: "Retire a skill: it can no longer be executed",
    access: "author",
    params: BySkill,
    answers: { 200: Skill },
    problems: [...read, "wrong_state"],
  },
  listTemplates: {
    method: "GET",
    path: "/api/templates",
    summary: "Starter skills, each valid as it stands",
    access: "viewer",
    answers: {
      200: z.object({
        items: z.array(
          z
            .object({
              name: SkillName,
              title: z.string(),
              description: z.string(),
              category: z.string(),
              inputs_schema: Skill.shape.inputs_schema,
              outputs_schema: Skill.shape.outputs_schema,
              yaml_content: z.string(),
            })
            .meta({ id: "Template" }),
        ),
      }),
    },
    problems: read,
  },
  executeSkill: {
    method: "POST",
    path: "/api/skills/{name}/execute",
    summary: "Run a skill's active revision",
    access: "operator",
    params: z.strictObject({ name: SkillName }),
    headers: IdempotencyHeader,
    body: ExecuteRequest,
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
    answers: { 200: z.object({ claimed: z.literal(true) }) },
    problems: ["malformed", "bad_proof", "not_found", "wrong_state", "unavailable"],
  },
  callback: {
    method: "POST",
    path: "/api/skills/callback",
    summary: "Posted by a run when it ends",
    access: "proof",
    body: CallbackBody,
    answers: { 200: z.object({ accepted: z.literal(true) }) },
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
    query: z.strictObject({ preview: z.enum(["true", "false"]).default("false") }),
    body: ResumeRequest.optional(),
    answers: { 202: Task },
    also: { 200: TaskPlan },
    problems: [...write, "wrong_state", "stale_revision"],
  },
  me: {
    method: "GET",
    path: "/api/me",
    summary: "Who the credential belongs to",
    access: "viewer",
    answers: { 200: Actor },
    problems: ["unauthenticated", "unavailable"],
  },
  settings: {
    method: "GET",
    path: "/api/settings",
    summary: "How this infraskill is set up, as far as whoever writes skills must know",
    access: "viewer",
    answers: {
      200: z
        .object({
          callback_mode: z
            .enum(callbackModes)
            .meta({ description: "How runs prove themselves; skill files are made for one mode." }),
        })
        .meta({ id: "Settings" }),
    },
    problems: ["unauthenticated", "unavailable"],
  },
  createSession: {
    method: "POST",
    path: "/api/session",
    summary: "Sign in a browser: exchange a token for a session cookie that no script can read",
    access: "anyone",
    body: SessionRequest,
    answers: { 200: Actor },
    problems: [...write],
  },
  deleteSession: {
    method: "DELETE",
    path: "/api/session",
    summary: "Sign out: the session ends, not only its cookie",
    access: "viewer",
    answers: { 204: null },
    problems: ["unauthenticated", "forbidden", "unavailable"],
  },
  listTokens: {
    method: "GET",
    path: "/api/tokens",
    summary: "API tokens, without their secrets",
    access: "admin",
    query: PageQuery,
    answers: { 200: pageOf(ApiToken) },
    problems: read,
  },
  createToken: {
    method: "POST",
    path: "/api/tokens",
    summary: "Make an API token; it is shown once",
    access: "admin",
    body: TokenRequest,
    answers: { 201: NewToken },
    problems: write,
  },
  revokeToken: {
    method: "DELETE",
    path: "/api/tokens/{id}",
    summary: "Revoke an API token",
    access: "admin",
    params: z.strictObject({ id: RowNumber }),
    answers: { 204: null },
    problems: read,
  },
  githubWebhook: {
    method: "POST",
    path: "/webhooks/github",
    summary: "GitHub's webhooks, proved by their signature",
    access: "proof",
    answers: { 202: z.object({ accepted: z.literal(true) }) },
    problems: ["bad_proof", "malformed", "too_large", "unsupported_media_type", "unavailable"],
  },
  events: {
    method: "GET",
    path: "/api/events",
    summary: "Live events (text/event-stream); Last-Event-ID resumes without a gap",
    access: "viewer",
    headers: z.object({ "last-event-id": z.coerce.number().int().min(0).optional() }),
    answers: { 200: LiveEvent },
    problems: ["unauthenticated", "malformed", "unavailable"],
  },
} as const satisfies Endpoints;
