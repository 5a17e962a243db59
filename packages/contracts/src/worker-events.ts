import { z } from "zod";
import { Diagnostic } from "./diagnostic.ts";
import { JobRun } from "./execution.ts";
import { GitSha, JsonObject, text } from "./text.ts";

const detail = text({ max: 4_000 });
/** "Look again no sooner than this", for rate limits and adaptive polling. */
export const WaitMs = z.number().int().min(0).max(86_400_000);

/** Which checks spoke: whatever changes what they may find changes it. Equal or not, nothing else. */
export const RulesVersion = text({ min: 1, max: 100 });

const verdict = { hash: z.string(), diagnostics: z.array(Diagnostic) };

/** What the validator and the github-worker report about a revision. */
export const RevisionEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("found_valid"), ...verdict, rules_version: RulesVersion.optional() }),
  z.object({ type: z.literal("found_invalid"), ...verdict, rules_version: RulesVersion.optional() }),
  z.object({ type: z.literal("rechecked"), ...verdict, rules_version: RulesVersion }),
  z.object({
    type: z.literal("pr_opened"),
    pr_number: z.number().int(),
    pr_url: text({ max: 2_000 }),
    head_sha: GitSha,
    blob_sha: GitSha,
  }),
  z.object({ type: z.literal("pr_refused"), detail }),
  z.object({ type: z.literal("postponed"), detail, wait_ms: WaitMs }),
  z.object({ type: z.literal("watched"), etag: text({ max: 200 }).nullable(), wait_ms: WaitMs.optional() }),
  z.object({ type: z.literal("merged"), merge_commit_sha: GitSha }),
  z.object({ type: z.literal("closed") }),
  z.object({ type: z.literal("reopened") }),
  z.object({
    type: z.literal("activated"),
    commit_hash: GitSha,
    blob_sha: GitSha,
    workflow_id: z.number().int(),
    repository_id: z.number().int().optional().meta({ description: "Absent from a worker that does not tell it yet." }),
    yaml_content: z
      .string()
      .meta({ description: "The text that was merged: what counts when a person edited the pull request." }),
    hash: z.string(),
    diagnostics: z.array(Diagnostic),
  }),
  z.object({ type: z.literal("activation_refused"), detail, diagnostics: z.array(Diagnostic).optional() }),
  z.object({ type: z.literal("merge_disproved") }).meta({
    description: "GitHub does not know the merge that was told: the pull request is looked at again.",
  }),
]);
export type RevisionEvent = z.infer<typeof RevisionEvent>;

/** GitHub's own names (github.md §2). */
export const RunConclusion = z.enum([
  "success",
  "failure",
  "cancelled",
  "timed_out",
  "startup_failure",
  "action_required",
  "neutral",
  "skipped",
  "stale",
]);
export type RunConclusion = z.infer<typeof RunConclusion>;

/** How GitHub describes a run, from a webhook or from its API. */
export const RunFacts = z.object({
  run_id: z.number().int(),
  run_attempt: z.number().int(),
  run_url: text({ max: 2_000 }),
  head_sha: GitSha,
  path: text({ max: 500 }),
  display_title: text({ max: 2_000 }),
  status: text({ max: 60 }),
  conclusion: RunConclusion.nullable(),
});
export type RunFacts = z.infer<typeof RunFacts>;

/** What the executor reports about an execution. */
export const ExecutionEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("dispatch_started") }).meta({
    description: "Told by an executor of an earlier release; one of today takes the execution by `beginDispatch`.",
  }),
  z.object({ type: z.literal("dispatched"), run_id: z.number().int(), run_url: text({ max: 2_000 }) }),
  z.object({ type: z.literal("dispatch_refused"), detail }),
  z.object({ type: z.literal("dispatch_postponed"), detail, wait_ms: WaitMs }),
  z.object({ type: z.literal("dispatch_unknown"), detail }),
  z.object({ type: z.literal("run_found"), run: RunFacts }),
  z.object({ type: z.literal("run_missing") }),
  z.object({
    type: z.literal("run_observed"),
    run: RunFacts,
    jobs: z.array(JobRun.extend({ log: z.string().nullish() })).optional(),
    failing_step: detail.optional(),
    cancel_cause: z.enum(["time_limit", "person"]).optional().meta({
      description:
        "Of a run that ended as cancelled: whether GitHub did it because a job took too long. Only its annotations tell.",
    }),
    wait_ms: WaitMs.optional(),
  }),
  z.object({ type: z.literal("run_lost") }),
  z.object({ type: z.literal("looked"), wait_ms: WaitMs.optional() }),
  z.object({ type: z.literal("cancel_sent") }),
  z.object({ type: z.literal("never_ran") }),
  z.object({
    type: z.literal("logs_collected"),
    jobs: z.array(JobRun.extend({ log: z.string().nullable() })),
    failing_step: detail.optional(),
  }),
  z.object({ type: z.literal("logs_postponed"), detail, wait_ms: WaitMs }),
]);
export type ExecutionEvent = z.infer<typeof ExecutionEvent>;

/** What a webhook says, read by the github-worker; the registry finds the row it is about. */
export const WebhookFact = z.discriminatedUnion("type", [
  z.object({ type: z.literal("pull_request_merged"), pr_number: z.number().int(), merge_commit_sha: GitSha }),
  z.object({ type: z.literal("pull_request_closed"), pr_number: z.number().int() }),
  z.object({ type: z.literal("pull_request_reopened"), pr_number: z.number().int() }),
  z.object({
    type: z.literal("skill_file_seen"),
    path: text({ max: 500 }),
    blob_sha: GitSha.nullable().meta({ description: "On the default branch; null when the file is gone." }),
  }),
  z.object({ type: z.literal("run_observed"), run: RunFacts }),
]);
export type WebhookFact = z.infer<typeof WebhookFact>;

/** What came of reading a delivery. `failed` counts towards poison unless it is only postponed. */
export const DeliveryOutcome = z.discriminatedUnion("type", [
  z.object({ type: z.literal("processed"), facts: z.array(WebhookFact) }),
  z.object({ type: z.literal("ignored"), reason: detail }),
  z.object({ type: z.literal("failed"), detail }),
  z.object({ type: z.literal("postponed"), detail, wait_ms: WaitMs }),
]);
export type DeliveryOutcome = z.infer<typeof DeliveryOutcome>;

/** The claims of a run's OIDC token that count (github.md §6); verified by the gateway, compared by the registry. All ids are strings. */
export const RunClaims = z.object({
  repository: z.string(),
  repository_id: z.string(),
  run_id: z.string().regex(/^[1-9][0-9]{0,15}$/),
  run_attempt: z.string().regex(/^[1-9][0-9]{0,5}$/),
  event_name: z.string(),
  ref: z.string(),
  sha: z.string(),
  workflow_ref: z.string(),
  jti: z.string().optional(),
});
export type RunClaims = z.infer<typeof RunClaims>;

export const CallbackReport = z.object({
  status: z.enum(["success", "failure", "cancelled"]),
  outputs: JsonObject,
  logs_url: text({ max: 2_000 }),
});
export type CallbackReport = z.infer<typeof CallbackReport>;

export const WebhookHeaders = z.object({
  event: z.string(),
  guid: z.string(),
});
export type WebhookHeaders = z.infer<typeof WebhookHeaders>;
