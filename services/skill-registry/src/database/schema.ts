import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import type { ChoreName } from "@infraskill/contracts/chores";
import type { DeliveryStatus } from "@infraskill/contracts/delivery-machine";
import type { ExecutionStatus } from "@infraskill/contracts/execution-machine";
import type { FailureCode, StepRun } from "@infraskill/contracts/execution";
import type { LiveEventKind } from "@infraskill/contracts/live-event";
import type { DeliveryKind } from "@infraskill/contracts/owed";
import type { RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { FieldError } from "@infraskill/contracts/problem";
import type { RunConclusion } from "@infraskill/contracts/worker-events";
import type { Role } from "@infraskill/contracts/actor";
import type { Concurrency, SkillStatus } from "@infraskill/contracts/skill";
import type { StepStatus, TaskStatus } from "@infraskill/contracts/task-machine";
import type { StoreKind } from "../logs/stores/log-store.ts";
import type { ColumnType, Generated, GeneratedAlways, JSONColumnType, Selectable } from "kysely";

type Json = JSONColumnType<Record<string, unknown>>;
type When = Date | null;

type SkillsTable = {
  id: GeneratedAlways<number>;
  name: string;
  description: string;
  category: string;
  github_path: string;
  pr_number: number | null;
  pr_url: string | null;
  commit_hash: string | null;
  inputs_schema: Json;
  outputs_schema: Json;
  concurrency: JSONColumnType<Concurrency> | null;
  yaml_content: string;
  status: SkillStatus;
  /** Diagnostics as JSON text (the column is TEXT in the original request). */
  validation_errors: string | null;
  new_findings: JSONColumnType<Diagnostic[]> | null;
  failure: string | null;
  revision: number;
  newest_revision: number;
  awaits_approval: Generated<boolean>;
  version: Generated<number>;
  created_by: string;
  created_at: Generated<Date>;
  approved_at: When;
  archived_at: When;
};

export type SkillRevisionsTable = {
  id: GeneratedAlways<number>;
  skill_id: number;
  revision: number;
  status: RevisionStatus;
  version: Generated<number>;
  due_at: When;
  description: string;
  category: string;
  inputs_schema: Json;
  outputs_schema: Json;
  concurrency: JSONColumnType<Concurrency> | null;
  yaml_content: string;
  hash: string;
  diagnostics: JSONColumnType<Diagnostic[]> | null;
  /** The rules that made `diagnostics`; null when that is not known. */
  rules_version: string | null;
  rechecked_rules_version: string | null;
  new_findings: JSONColumnType<Diagnostic[]> | null;
  failure: string | null;
  pr_number: number | null;
  pr_url: string | null;
  pr_head_sha: string | null;
  pr_etag: string | null;
  merge_commit_sha: string | null;
  commit_hash: string | null;
  blob_sha: string | null;
  workflow_id: number | null;
  /** GitHub's id of the repository it was merged in; null where that was not told. */
  repository_id: number | null;
  created_by: string;
  created_at: Generated<Date>;
  approved_at: When;
};

type CheckRulesTable = { version: string; announced_at: Generated<Date> };

export type SkillExecutionsTable = {
  execution_id: string;
  skill_id: number;
  revision_id: number;
  task_id: string | null;
  status: ExecutionStatus;
  version: Generated<number>;
  due_at: When;
  deadline_at: When;
  skill_name: string;
  revision: number;
  commit_hash: string;
  /** The revision's. */
  repository_id: number | null;
  inputs: Json;
  outputs: JSONColumnType<Record<string, unknown>> | null;
  output_errors: JSONColumnType<FieldError[]> | null;
  github_run_id: number | null;
  run_attempt: number | null;
  /** The last attempt a person started on GitHub after the end, and how it ended. */
  later_attempt: number | null;
  later_conclusion: RunConclusion | null;
  /** What GitHub concluded, where that is not what the execution ended as. */
  contradicted_by: RunConclusion | null;
  run_url: string | null;
  logs_url: string | null;
  /** In the order they were accepted. */
  position: GeneratedAlways<number>;
  concurrency_group: string | null;
  concurrency_limit: number | null;
  /** Null while it waits for one. */
  slot_taken_at: When;
  claimed_run_id: number | null;
  claimed_attempt: number | null;
  claimed_at: When;
  dispatch_attempts: Generated<number>;
  dispatch_started_at: When;
  look_up_until: When;
  cancel_reason: "requested" | "deadline" | null;
  cancel_sent: Generated<boolean>;
  logs_owed: Generated<boolean>;
  failure_code: FailureCode | null;
  failure_detail: string | null;
  requested_by: string;
  started_at: Generated<Date>;
  dispatched_at: When;
  completed_at: When;
};

export type TasksTable = {
  id: string;
  description: string;
  user_request: string;
  skills_sequence: string[];
  current_skill_index: Generated<number>;
  status: TaskStatus;
  version: Generated<number>;
  cancel_requested: Generated<boolean>;
  inputs: Json;
  failure_code: FailureCode | null;
  failure_detail: string | null;
  requested_by: string;
  /** On whose behalf steps run since; null while it was never resumed. */
  resumed_by: string | null;
  created_at: Generated<Date>;
  completed_at: When;
};

export type TaskStepsTable = {
  task_id: string;
  index: number;
  skill_name: string;
  revision_id: number;
  finally: boolean;
  status: Generated<StepStatus>;
  version: Generated<number>;
  /** As the caller wrote them, with their expressions. */
  given: Json;
  /** As given until the step starts, then evaluated. */
  inputs: Json;
  execution_id: string | null;
  outputs: JSONColumnType<Record<string, unknown>> | null;
  /** Why it could not start; null where its execution tells. */
  failure: string | null;
};

type ExecutionSearchTable = {
  execution_id: string;
  inputs: Json;
  words: string;
};

export type ExecutionLogsTable = {
  execution_id: string;
  job_id: number;
  attempt: number;
  name: string;
  status: string;
  conclusion: string | null;
  started_at: When;
  completed_at: When;
  steps: JSONColumnType<StepRun[]>;
  /** Where its text is kept; null when nowhere, or not any more. */
  log_store: StoreKind | null;
  /** Null until its log was kept, as are the two below. */
  log_hash: string | null;
  log_lines: number | null;
  /** Lines of the execution that were kept before it. */
  log_from: number | null;
};

type LogTextsTable = { execution_id: string; job_id: number; hash: string; text: string };

type DeliveriesTable = {
  id: GeneratedAlways<number>;
  kind: DeliveryKind;
  guid: string;
  event: string;
  body: Uint8Array;
  body_hash: Uint8Array;
  execution_id: string | null;
  status: Generated<DeliveryStatus>;
  version: Generated<number>;
  due_at: When;
  attempts: Generated<number>;
  reason: string | null;
  received_at: Generated<Date>;
  processed_at: When;
};

export type AuditEventsTable = {
  id: GeneratedAlways<number>;
  at: Generated<Date>;
  actor: string;
  kind: LiveEventKind | "token" | "delivery";
  object_id: string;
  action: string;
  from_status: string | null;
  to_status: string | null;
  version: number;
  live_status: string | null;
  detail: Json;
};

type UsersTable = {
  id: GeneratedAlways<number>;
  name: string;
  role: Role;
  created_at: Generated<Date>;
  disabled_at: When;
};

export type ApiTokensTable = {
  id: GeneratedAlways<number>;
  name: string;
  role: Role;
  prefix: string;
  hash: Uint8Array;
  created_by: string;
  created_at: Generated<Date>;
  expires_at: When;
  revoked_at: When;
  last_used_at: When;
};

type SessionsTable = {
  id: GeneratedAlways<number>;
  hash: Uint8Array;
  user_id: number | null;
  token_id: number | null;
  created_at: Generated<Date>;
  expires_at: Date;
  ended_at: When;
};

type IdempotencyKeysTable = {
  actor: string;
  operation: string;
  key: string;
  body_hash: Uint8Array;
  made_id: string;
  /** What the first request was told. */
  answer: ColumnType<object | null, string | undefined, string>;
  created_at: Generated<Date>;
};

type ChoresTable = {
  name: ChoreName;
  version: Generated<number>;
  due_at: Generated<Date>;
  last_done_at: When;
  failure: string | null;
  result: JSONColumnType<Record<string, unknown> | null, string | undefined>;
};

export type Database = {
  skills: SkillsTable;
  skill_revisions: SkillRevisionsTable;
  check_rules: CheckRulesTable;
  skill_executions: SkillExecutionsTable;
  execution_search: ExecutionSearchTable;
  tasks: TasksTable;
  task_steps: TaskStepsTable;
  execution_logs: ExecutionLogsTable;
  log_texts: LogTextsTable;
  deliveries: DeliveriesTable;
  audit_events: AuditEventsTable;
  users: UsersTable;
  api_tokens: ApiTokensTable;
  sessions: SessionsTable;
  idempotency_keys: IdempotencyKeysTable;
  chores: ChoresTable;
};

export type SkillRow = Selectable<SkillsTable>;
export type RevisionRow = Selectable<SkillRevisionsTable>;
export type ExecutionRow = Selectable<SkillExecutionsTable>;
export type TaskRow = Selectable<TasksTable>;
export type DeliveryRow = Selectable<DeliveriesTable>;
export type AuditEventRow = Selectable<AuditEventsTable>;
export type ChoreRow = Selectable<ChoresTable>;
export type ApiTokenRow = Selectable<ApiTokensTable>;
