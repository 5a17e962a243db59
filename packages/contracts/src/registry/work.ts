import { z } from "zod";
import { deliveryStatuses } from "../delivery-machine.ts";
import { Diagnostic } from "../diagnostic.ts";
import { executionStatuses } from "../execution-machine.ts";
import { ExecutionId } from "../execution.ts";
import { revisionStatuses } from "../revision-machine.ts";
import { Concurrency, JsonSchemaObject, SkillName } from "../skill.ts";
import { GitSha, JsonObject, Timestamp } from "../text.ts";

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
  concurrency: Concurrency.nullish().meta({ description: "Absent from a registry that does not tell yet." }),
  yaml_content: z.string(),
  hash: z.string(),
  diagnostics: z
    .array(Diagnostic)
    .nullable()
    .default(null)
    .meta({ description: "Of the last check; null before it, and from a registry that does not tell yet." }),
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
      description: z.string().optional().meta({ description: "Absent from a registry that does not tell yet." }),
      category: z.string().optional(),
      concurrency: Concurrency.nullish(),
      inputs_schema: JsonSchemaObject,
      outputs_schema: JsonSchemaObject,
      yaml_content: z.string(),
    })
    .nullable()
    .meta({ description: "The skill's active revision, when this is not the first." }),
  replaced_pr_numbers: z.array(z.number().int()).meta({
    description: "Pull requests of earlier revisions whose place this one took before they were merged.",
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
  completed_at: Timestamp.nullable()
    .default(null)
    .meta({ description: "Null while it goes on, and from a registry that does not tell yet." }),
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

/** `begun: false` is a normal outcome: it is not queued at this version any more. `work` is the execution as it then is. */
export const BegunDispatch = z.object({ begun: z.boolean(), work: ExecutionWork });
export type BegunDispatch = z.infer<typeof BegunDispatch>;

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
