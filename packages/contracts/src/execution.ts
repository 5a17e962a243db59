import { z } from "zod";
import { executionStatuses } from "./execution-machine.ts";
import { FieldError } from "./problem.ts";
import { SkillName } from "./skill.ts";
import { GitSha, JsonObject, text, Timestamp } from "./text.ts";

export const ExecutionId = z
  .uuid()
  .meta({ id: "ExecutionId", description: "Names an execution; also in the title of its run." });
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

export const Failure = z
  .object({
    code: FailureCodeField.meta({ description: "The kind of failure." }),
    detail: z.string().meta({ description: "What failed." }),
  })
  .meta({ id: "Failure", description: "Why it did not succeed." });
export type Failure = z.infer<typeof Failure>;

export const Execution = z
  .object({
    execution_id: ExecutionId,
    skill_id: z.number().int().meta({ description: "The skill's number." }),
    skill_name: SkillName,
    revision: z.number().int().meta({ description: "The skill's revision that runs." }),
    commit_hash: GitSha.meta({ description: "The commit that runs." }),
    task_id: z.string().nullable().meta({ description: "The task it is a step of." }),
    status: ExecutionStatusField.meta({ description: "Where it stands." }),
    inputs: JsonObject.meta({ description: "With the defaults filled in." }),
    outputs: JsonObject.nullable().meta({ description: "What the run reported; null before it did." }),
    output_errors: z.array(FieldError).nullable().meta({
      description:
        "Where the outputs miss the skill's schema or infraskill's limits, or looked like a credential and were redacted; the result stands all the same.",
    }),
    github_run_id: z.number().int().nullable().meta({ description: "GitHub's run; null before it is known." }),
    run_url: z.string().nullable().meta({ description: "The run on GitHub." }),
    logs_url: z.string().nullable().meta({ description: "Where the run says its log is." }),
    failure: Failure.nullable().meta({ description: "Null unless it failed." }),
    requested_by: z.string().meta({ description: "Who asked for it." }),
    started_at: Timestamp.meta({ description: "When it was accepted." }),
    dispatched_at: Timestamp.nullable().meta({ description: "When GitHub took it." }),
    completed_at: Timestamp.nullable().meta({ description: "When it ended." }),
  })
  .meta({ id: "Execution", description: "One run of a skill's active revision, pinned to its merge commit." });
export type Execution = z.infer<typeof Execution>;

/** What jobs and steps tell alike, as GitHub says it. */
const progress = {
  name: z.string().meta({ description: "As GitHub shows it." }),
  status: z.string().meta({ description: "GitHub's word: queued, in_progress, completed." }),
  conclusion: z
    .string()
    .nullable()
    .meta({ description: "GitHub's word: success, failure, skipped, cancelled; null before the end." }),
  started_at: Timestamp.nullable().meta({ description: "When it began." }),
  completed_at: Timestamp.nullable().meta({ description: "When it ended." }),
};

export const StepRun = z.object({
  number: z.number().int().meta({ description: "Counts from 1." }),
  ...progress,
});
export type StepRun = z.infer<typeof StepRun>;

export const JobRun = z
  .object({
    job_id: z.number().int().meta({ description: "GitHub's id of the job." }),
    attempt: z.number().int().meta({ description: "Of the run; more than 1 when a person ran it again." }),
    ...progress,
    steps: z.array(StepRun).meta({ description: "In their order." }),
  })
  .meta({ id: "JobRun", description: "A GitHub job of the run, with its steps and timings." });
export type JobRun = z.infer<typeof JobRun>;

export const HistoryEntry = z
  .object({
    id: z.number().int().meta({ description: "Grows." }),
    at: Timestamp,
    actor: z.string().meta({ description: "Who did it: a token's name, infraskill, github, or a run." }),
    action: z.string().meta({ description: "What happened." }),
    from_status: z.string().nullable().meta({ description: "The status before; null at the beginning." }),
    to_status: z.string().nullable().meta({ description: "The status afterwards." }),
    detail: JsonObject.meta({ description: "What else is known of it." }),
  })
  .meta({ id: "HistoryEntry", description: "One change, or something that was observed." });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const ExecutionDetail = Execution.extend({
  events: z.array(HistoryEntry).meta({ description: "Its history, oldest first." }),
  jobs: z.array(JobRun).meta({ description: "The run's jobs with their steps, as far as they are known." }),
}).meta({ id: "ExecutionDetail", description: "An execution with its history and its jobs." });
export type ExecutionDetail = z.infer<typeof ExecutionDetail>;

export const ExecuteRequest = z
  .strictObject({
    inputs: JsonObject.default({}).meta({ description: "As the skill's `inputs_schema` has them." }),
    dry_run: z.boolean().default(false).meta({ description: "Only say what would be sent; nothing is kept or sent." }),
  })
  .meta({
    id: "ExecuteRequest",
    description: "What to run a skill with; may be left out for one without required inputs.",
  });
export type ExecuteRequest = z.infer<typeof ExecuteRequest>;

export const DryRun = z
  .object({
    dry_run: z.literal(true).meta({ description: "Nothing was kept or sent." }),
    skill_name: SkillName,
    revision: z.number().int().meta({ description: "The active one." }),
    commit_hash: GitSha.meta({ description: "The commit that would run." }),
    inputs: JsonObject.meta({ description: "With the defaults filled in." }),
    waits: z.boolean().meta({ description: "A limit is reached: it would wait for its turn first." }),
    request: z
      .object({
        method: z.literal("POST").meta({ description: "How." }),
        path: z.string().meta({ description: "Where." }),
        body: z
          .object({
            ref: z.string().meta({ description: "The tag that pins the revision." }),
            inputs: z.record(z.string(), z.string()).meta({ description: "As GitHub takes them: all of them texts." }),
          })
          .meta({ description: "What." }),
      })
      .meta({ description: "To GitHub's API; execution_id and callback_url come with it." }),
  })
  .meta({ id: "DryRun", description: "What an execution would send, where, and at which commit." });
export type DryRun = z.infer<typeof DryRun>;

export const RerunRequest = z
  .strictObject({ inputs: JsonObject.optional().meta({ description: "The ones to change." }) })
  .meta({ id: "RerunRequest", description: "Inputs given here replace the earlier execution's of the same name." });
export type RerunRequest = z.infer<typeof RerunRequest>;

export const LogLine = z.object({
  line: z.number().int().min(1).meta({ description: "Counts from 1, per job." }),
  text: z.string().meta({ description: "With its time in front; credentials are taken out." }),
});
export type LogLine = z.infer<typeof LogLine>;
export const JobLog = z
  .object({
    job_id: z.number().int().meta({ description: "GitHub's id of the job." }),
    name: progress.name,
    conclusion: progress.conclusion,
    lines: z.array(LogLine).meta({ description: "Of its log." }),
  })
  .meta({ id: "JobLog", description: "The log of one job." });
export type JobLog = z.infer<typeof JobLog>;
export const ExecutionLogs = z
  .object({
    complete: z.boolean().meta({ description: "False while GitHub has not published every job's log." }),
    jobs: z.array(JobLog).meta({ description: "In the order they ran." }),
  })
  .meta({ id: "ExecutionLogs", description: "The log of a run, by job and line." });
export type ExecutionLogs = z.infer<typeof ExecutionLogs>;

export const JobLogIndex = z.object({
  job_id: z.number().int(),
  name: z.string(),
  from: z.number().int().meta({ description: "Lines of the execution that were kept before it." }),
  lines: z.number().int().meta({ description: "How many it has, also where their text has been deleted." }),
});
export type JobLogIndex = z.infer<typeof JobLogIndex>;

/** Which logs there are, without their text. */
export const LogIndex = z.object({ complete: z.boolean(), jobs: z.array(JobLogIndex) });
export type LogIndex = z.infer<typeof LogIndex>;

export const LogChunk = z
  .object({
    job_id: z.number().int().meta({ description: "GitHub's id of the job." }),
    name: z.string().meta({ description: "The job's name." }),
    line: z.number().int().min(1).meta({ description: "The number of the first of them, per job, from 1." }),
    texts: z.array(z.string()).meta({ description: "Lines as they stand in the log." }),
  })
  .meta({
    id: "LogChunk",
    description:
      "The data of an event `lines`; its id is the number of the last line over all jobs, from 1, in the order their logs came.",
  });
export type LogChunk = z.infer<typeof LogChunk>;

/** What of a run's outputs is kept; larger ones are left out and told in `output_errors`. Sizes are in UTF-8 bytes of their JSON. */
export const outputLimits = { one_bytes: 65_536, all_bytes: 524_288, count: 200 } as const;

/** What a run posts when it ends; `status` is the result of its execute job. */
export const CallbackBody = z
  .strictObject({
    execution_id: ExecutionId,
    status: z.enum(["success", "failure", "cancelled"]).meta({ description: "How the job that did the work ended." }),
    outputs: JsonObject.meta({ description: "What the steps wrote to GITHUB_OUTPUT." }),
    logs_url: text({ max: 2_000 }).meta({ description: "The run on GitHub." }),
  })
  .meta({ id: "CallbackBody", description: "What a run posts when it ends." });
export type CallbackBody = z.infer<typeof CallbackBody>;

/** The audience a run asks its OIDC token for: one per execution, so that a token proves nothing about another. */
export function oidcAudience(execution_id: string): string {
  return `infraskill.${execution_id}`;
}
