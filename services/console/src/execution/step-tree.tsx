import type { JobRun, StepRun } from "@infraskill/contracts/execution";
import { cn } from "../lib/class-names.ts";
import { durationBetween, formatDuration } from "../lib/time.ts";
import { useNow } from "../lib/use-now.ts";
import { StatusIcon } from "../status/status-badge.tsx";
import { githubLook } from "../status/status-looks.ts";

/** The run's jobs and steps with what each took. A job opens its log; a step jumps to where it began. */
export function StepTree({
  jobs,
  open,
  onJob,
  onStep,
}: {
  jobs: readonly JobRun[];
  open: number | undefined;
  onJob: (job: JobRun) => void;
  onStep: (job: JobRun, step: StepRun) => void;
}) {
  if (jobs.length === 0) return <p className="px-3 py-2 text-soft">GitHub has not told of any job yet.</p>;
  return (
    <ul>
      {jobs.map((job) => (
        <li key={job.job_id} className="border-b border-line last:border-0">
          <button
            type="button"
            aria-current={open === job.job_id || undefined}
            className={cn(
              "flex w-full items-center gap-2 px-3 py-1.5 text-left font-medium -outline-offset-2 hover:bg-sunken",
              open === job.job_id && "bg-accent-soft!",
            )}
            onClick={() => onJob(job)}
          >
            <StatusIcon look={githubLook(job.status, job.conclusion)} />
            <span className="min-w-0 grow truncate">{job.name}</span>
            {job.attempt > 1 && <span className="text-2xs text-soft">attempt {job.attempt}</span>}
            <Took start={job.started_at} end={job.completed_at} />
          </button>
          {open === job.job_id && job.steps.length > 0 && (
            <ul className="pb-1.5">
              {job.steps.map((step) => (
                <li key={step.number}>
                  <button
                    type="button"
                    className="flex w-full items-center gap-2 py-1 pr-3 pl-6 text-left text-xs -outline-offset-2 hover:bg-sunken"
                    onClick={() => onStep(job, step)}
                  >
                    <StatusIcon look={githubLook(step.status, step.conclusion)} size={13} />
                    <span className="min-w-0 grow truncate">{step.name}</span>
                    <Took start={step.started_at} end={step.completed_at} />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function Took({ start, end }: { start: string | null; end: string | null }) {
  const ms = durationBetween(start, end, useNow());
  return (
    <span className="shrink-0 text-xs font-normal text-soft tabular-nums">
      {ms === undefined ? "" : formatDuration(ms)}
    </span>
  );
}
