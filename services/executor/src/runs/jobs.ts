import type { JobRun } from "@infraskill/contracts/execution";
import { toStorableText } from "@infraskill/contracts/text";
import { z } from "zod";

const Step = z.object({
  number: z.number().int(),
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullish(),
  started_at: z.string().nullish(),
  completed_at: z.string().nullish(),
});

/**
 * A job as GitHub writes it, read as `JobRun`; its steps are there while the run is live.
 * https://docs.github.com/rest/actions/workflow-jobs
 */
export const GithubJob = Step.omit({ number: true })
  .extend({
    id: z.number().int(),
    run_attempt: z.number().int().nullish(),
    steps: z.array(Step).nullish(),
  })
  .transform((job): JobRun => ({
    job_id: job.id,
    attempt: job.run_attempt ?? 1,
    ...readProgress(job),
    steps: (job.steps ?? []).map((step) => ({ number: step.number, ...readProgress(step) })),
  }));

/** What failed, for people: `execute: Check the page`. Undefined when no job failed. */
export function failingStep(jobs: readonly JobRun[]): string | undefined {
  const job = jobs.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
  if (job === undefined) return undefined;
  const step = job.steps.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
  return toStorableText(step === undefined ? job.name : `${job.name}: ${step.name}`, 4_000);
}

function readProgress(part: Omit<z.infer<typeof Step>, "number">) {
  return {
    name: toStorableText(part.name, 1_000),
    status: toStorableText(part.status, 60),
    conclusion: part.conclusion ?? null,
    started_at: readTime(part.started_at),
    completed_at: readTime(part.completed_at),
  };
}

/** GitHub writes times with and without fractions, and year 1 for "never". */
function readTime(text: string | null | undefined): string | null {
  const time = Date.parse(text ?? "");
  return Number.isNaN(time) || time <= 0 ? null : new Date(time).toISOString();
}
