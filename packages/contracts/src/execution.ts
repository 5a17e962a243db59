import { z } from "zod";
import { executionStatuses } from "./execution-machine.ts";
import { FieldError } from "./problem.ts";
import { SkillName } from "./skill.ts";
import { GitSha, JsonObject, text, Timestamp } from "./text.ts";

export const ExecutionId = z.uuid().meta({ id: "ExecutionId" });
export type ExecutionId = z.infer<typeof ExecutionId>;

export const ExecutionStatusField = z.enum(executionStatuses);

/** Why an execution did not succeed. */
export const failureCodes = {
  dispatch_refused: "GitHub refused the dispatch",
  skill_not_active: "the skill was no longer active when its turn came",
  inputs_refused: "the inputs of a step did not fit its skill",
  wrong_commit: "GitHub started another commit than the pinned one",
  step_failed: "a step of the skill failed",
  startup_failure: "GitHub could not start the run",
  run_cancelled: "the run was cancelled on GitHub",
  run_timed_out: "the run took longer than its limit",
  run_lost: "GitHub no longer knows the run",
  deadline_passed: "it took longer than infraskill waits",
  cancelled: "it was cancelled on request",
} as const;
export type FailureCode = keyof typeof failureCodes;
export const FailureCodeField = z.enum(Object.keys(failureCodes) as [FailureCode, ...FailureCode[]]);

export const Failure = z.object({ code: FailureCodeField, detail: z.string() }).meta({ id: "Failure" });
export type Failure = z.infer<typeof Failure>;

export const Execution = z
  .object({
    execution_id: ExecutionId,
    skill_id: z.number().int(),
    skill_name: SkillName,
    revision: z.number().int(),
    commit_hash: GitSha,
    task_id: z.string().nullable(),
    status: ExecutionStatusField,
    inputs: JsonObject,
    outputs: JsonObject.nullable(),
    output_errors: z.array(FieldError).nullable().meta({
      description: "Where the outputs miss the skill's schema or infraskill's limits; the result stands all the same.",
    }),
    github_run_id: z.number().int().nullable(),
    run_url: z.string().nullable(),
    logs_url: z.string().nullable(),
    failure: Failure.nullable(),
    requested_by: z.string(),
    started_at: Timestamp.meta({ description: "When it was accepted." }),
    dispatched_at: Timestamp.nullable(),
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: "Execution", description: "One run of a skill's active revision, pinned to its merge commit." });
export type Execution = z.infer<typeof Execution>;

export const StepRun = z.object({
  number: z.number().int(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  started_at: Timestamp.nullable(),
  completed_at: Timestamp.nullable(),
});
export type StepRun = z.infer<typeof StepRun>;

export const JobRun = z
  .object({
    job_id: z.number().int().meta({ description: "GitHub's id of the job." }),
    attempt: z.number().int(),
    name: z.string(),
    status: z.string(),
    conclusion: z.string().nullable(),
    started_at: Timestamp.nullable(),
    completed_at: Timestamp.nullable(),
    steps: z.array(StepRun),
  })
  .meta({ id: "JobRun", description: "A GitHub job of the run, with its steps and timings." });
export type JobRun = z.infer<typeof JobRun>;

export const HistoryEntry = z
  .object({
    id: z.number().int(),
    at: Timestamp,
    actor: z.string(),
    action: z.string(),
    from_status: z.string().nullable(),
    to_status: z.string().nullable(),
    detail: JsonObject,
  })
  .meta({ id: "HistoryEntry" });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const ExecutionDetail = Execution.extend({
  events: z.array(HistoryEntry),
  jobs: z.array(JobRun),
}).meta({ id: "ExecutionDetail" });
export type ExecutionDetail = z.infer<typeof ExecutionDetail>;

export const ExecuteRequest = z
  .strictObject({
    inputs: JsonObject.default({}),
    dry_run: z.boolean().default(false).meta({ description: "Only say what would be sent; nothing is kept or sent." }),
  })
  .meta({ id: "ExecuteRequest" });
export type ExecuteRequest = z.infer<typeof ExecuteRequest>;

export const DryRun = z
  .object({
    dry_run: z.literal(true),
    skill_name: SkillName,
    revision: z.number().int(),
    commit_hash: GitSha,
    inputs: JsonObject.meta({ description: "With the defaults filled in." }),
    waits: z.boolean().meta({ description: "A limit is reached: it would wait for its turn first." }),
    request: z
      .object({
        method: z.literal("POST"),
        path: z.string(),
        body: z.object({ ref: z.string(), inputs: z.record(z.string(), z.string()) }),
      })
      .meta({ description: "To GitHub's API; execution_id and callback_url come with it." }),
  })
  .meta({ id: "DryRun", description: "What an execution would send, where, and at which commit." });
export type DryRun = z.infer<typeof DryRun>;

export const RerunRequest = z
  .strictObject({ inputs: JsonObject.optional() })
  .meta({ id: "RerunRequest", description: "Inputs given here replace the earlier execution's of the same name." });
export type RerunRequest = z.infer<typeof RerunRequest>;

export const LogLine = z.object({ line: z.number().int().min(1), text: z.string() });
export const JobLog = z
  .object({
    job_id: z.number().int(),
    name: z.string(),
    conclusion: z.string().nullable(),
    lines: z.array(LogLine),
  })
  .meta({ id: "JobLog" });
export type JobLog = z.infer<typeof JobLog>;
export const ExecutionLogs = z
  .object({
    complete: z.boolean().meta({ description: "False while GitHub has not published every job's log." }),
    jobs: z.array(JobLog),
  })
  .meta({ id: "ExecutionLogs" });
export type ExecutionLogs = z.infer<typeof ExecutionLogs>;

/** What of a run's outputs is kept; larger ones are left out and told in `output_errors`. Sizes are in UTF-8 bytes of their JSON. */
export const outputLimits = { one_bytes: 65_536, all_bytes: 524_288, count: 200 } as const;

/** What a run posts when it ends; `status` is the result of its execute job. */
export const CallbackBody = z
  .strictObject({
    execution_id: ExecutionId,
    status: z.enum(["success", "failure", "cancelled"]),
    outputs: JsonObject,
    logs_url: text({ max: 2_000 }),
  })
  .meta({ id: "CallbackBody" });
export type CallbackBody = z.infer<typeof CallbackBody>;

/** The audience a run asks its OIDC token for: one per execution, so that a token proves nothing about another. */
export function oidcAudience(execution_id: string): string {
  return `infraskill.${execution_id}`;
}
