import { z } from "zod";

/** A job names a row and the version its publisher saw; everything else is read from the registry when the job is taken. */
export const JobPayload = z.strictObject({ id: z.string().min(1).max(64), version: z.number().int().min(0) });
export type JobPayload = z.infer<typeof JobPayload>;

/** `attempts` and `backoff_ms` are BullMQ's; giving up there is no verdict, the sweeper owes the job again. `keep` is what Bull Board shows. */
export type QueuePolicy = {
  readonly served_by: "validator" | "github-worker" | "executor";
  readonly does: string;
  readonly concurrency: number;
  readonly attempts: number;
  readonly backoff_ms: number;
  readonly keep: { readonly completed: number; readonly failed: number };
};

const keep = { completed: 500, failed: 500 } as const;

export const queues = {
  validation: {
    served_by: "validator",
    does: "checks a revision's text",
    concurrency: 2,
    attempts: 3,
    backoff_ms: 1_000,
    keep,
  },
  "pull-requests": {
    served_by: "github-worker",
    does: "opens a revision's pull request, or closes that of one that is given up",
    concurrency: 4,
    attempts: 2,
    backoff_ms: 2_000,
    keep,
  },
  "pull-request-watch": {
    served_by: "github-worker",
    does: "asks GitHub whether an open pull request was merged or closed",
    concurrency: 4,
    attempts: 1,
    backoff_ms: 2_000,
    keep,
  },
  deliveries: {
    served_by: "github-worker",
    does: "reads what a webhook says",
    concurrency: 8,
    attempts: 3,
    backoff_ms: 500,
    keep,
  },
  activation: {
    served_by: "github-worker",
    does: "re-reads the merged file, tags it, waits until it can be dispatched",
    concurrency: 4,
    attempts: 2,
    backoff_ms: 2_000,
    keep,
  },
  chores: {
    served_by: "github-worker",
    does: "what is done on GitHub again and again",
    concurrency: 2,
    attempts: 1,
    backoff_ms: 2_000,
    keep,
  },
  dispatch: {
    served_by: "executor",
    does: "sends an execution to GitHub, once",
    concurrency: 16,
    attempts: 1,
    backoff_ms: 1_000,
    keep,
  },
  callbacks: {
    served_by: "executor",
    does: "applies what a run reported, where that failed when it came",
    concurrency: 16,
    attempts: 3,
    backoff_ms: 500,
    keep,
  },
  reconcile: {
    served_by: "executor",
    does: "asks GitHub how a run is doing",
    concurrency: 8,
    attempts: 3,
    backoff_ms: 2_000,
    keep,
  },
  cancel: {
    served_by: "executor",
    does: "cancels a run on GitHub",
    concurrency: 8,
    attempts: 3,
    backoff_ms: 2_000,
    keep,
  },
  logs: {
    served_by: "executor",
    does: "collects steps, timings and logs of an ended run",
    concurrency: 4,
    attempts: 3,
    backoff_ms: 2_000,
    keep,
  },
} as const satisfies Record<string, QueuePolicy>;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as [QueueName, ...QueueName[]];

/** What a publisher needs: the queue, an id that two publishers agree on, the payload. */
export const Job = z.strictObject({
  queue: z.enum(queueNames),
  job_id: z.string(),
  payload: JobPayload,
});
export type Job = z.infer<typeof Job>;

/**
 * The job id of a row at a version and due time (milliseconds): two publishers make one job. BullMQ refuses ids that are integers or hold a colon.
 */
export function jobId(entity: string, id: string | number, version: number, due_at: Date): string {
  return `${entity}-${id}-v${version}-${due_at.getTime()}`;
}
