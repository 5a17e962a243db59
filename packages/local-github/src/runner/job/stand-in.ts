import type { JobConclusion } from "../types.ts";
import type { PlannedJob } from "./planned-job.ts";
import type { RunShared } from "./session.ts";
import { planSteps } from "./step-records.ts";
import { timestamp } from "./log.ts";

/** What a stand-in is told of a job: what the job's steps would see. */
export type StandInJob = {
  /** Its id in the file. */
  readonly id: string;
  readonly run: { readonly id: number; readonly attempt: number; readonly url: string };
  readonly inputs: Readonly<Record<string, string | boolean | number>>;
  readonly needs: Readonly<
    Record<string, { readonly result: string; readonly outputs: Readonly<Record<string, string>> }>
  >;
  /** `ACTIONS_ID_TOKEN_REQUEST_URL` and `…_TOKEN`; null where the job has no `id-token: write`. */
  readonly oidc: { readonly request_url: string; readonly token: string } | null;
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
};

export type StandInResult = {
  readonly conclusion: "success" | "failure";
  readonly outputs?: Readonly<Record<string, string>>;
};

/**
 * Carries out the jobs of one workflow in this process, in place of the shell: for loads that real shells are too slow for. Everything around a job
 * stays as it is: its condition, what it needs, cancels, states, events, records.
 */
export type StandIn = {
  /** `.github/workflows/x.yml`; every other workflow has the real runner. */
  readonly workflow: string;
  readonly carryOut: (job: StandInJob) => Promise<StandInResult>;
};

/** Takes a job to its end through a stand-in; its steps begin and end with it. Never rejects. */
export async function standIn(run: RunShared, job: PlannedJob, { carryOut }: StandIn): Promise<void> {
  const { record, cancel } = job;
  record.status = "in_progress";
  record.started_at = new Date().toISOString();
  record.steps = planSteps(job).map((step) => ({
    ...step,
    status: "in_progress" as const,
    started_at: record.started_at,
  }));
  run.observer.onJobStarted?.(structuredClone(record));
  let conclusion: JobConclusion = "failure";
  try {
    const result = await carryOut(describe(run, job));
    conclusion = result.conclusion;
    Object.assign(record.outputs, result.outputs);
  } catch (error) {
    log(run, job, `##[error]${error instanceof Error ? error.message : String(error)}`);
  }
  if (cancel.signal.aborted || run.kill.aborted) conclusion = "cancelled";
  record.completed_at = new Date().toISOString();
  for (const step of record.steps)
    Object.assign(step, { status: "completed", conclusion, completed_at: record.completed_at });
  record.status = "completed";
  record.conclusion = conclusion;
}

function describe(run: RunShared, job: PlannedJob): StandInJob {
  const { request } = run;
  const { oidc } = request;
  const mints = oidc !== null && job.record.permissions["id-token"] === "write";
  return {
    id: job.model.id,
    run: {
      id: request.run.id,
      attempt: request.run.attempt,
      url: `${request.server_url}/${request.repository.full_name}/actions/runs/${request.run.id}`,
    },
    inputs: request.inputs,
    needs: job.scope.contexts.needs as StandInJob["needs"],
    oidc: mints ? { request_url: oidc.request_url, token: oidc.token_for(job.record.key) } : null,
    signal: AbortSignal.any([job.cancel.signal, run.kill]),
    log: (line) => log(run, job, line),
  };
}

/** All of a job's lines belong to its first own step. */
function log(run: RunShared, { record }: PlannedJob, line: string): void {
  run.observer.onLog?.({ id: record.id, key: record.key }, `${timestamp()} ${line}`, 2);
}
