import type { Scope } from "../expression/scope.ts";
import type { Masker } from "../step/mask.ts";
import type { ProblemMatchers } from "../step/problem-matcher.ts";
import type { JobRecord, RunLimits, RunObserver, RunRequest, StepConclusion, StepRecord } from "../types.ts";
import type { JobModel, WorkflowModel } from "../workflow/model.ts";
import type { ArtifactStore } from "../artifact/store.ts";
import type { JobFolders } from "./folders.ts";
import type { JobLog } from "./log.ts";

/** What all jobs of a run share. */
export type RunShared = {
  readonly request: RunRequest;
  readonly observer: RunObserver;
  readonly limits: RunLimits;
  readonly artifacts: ArtifactStore;
  /** Aborted by forceCancel. */
  readonly kill: AbortSignal;
  /** Jobs that are waiting or running: each decides for itself whether a cancel of the run concerns it. */
  readonly active: Set<{ readonly onCancel: () => void }>;
  /** Set by cancel and forceCancel. */
  cancelled: boolean;
  /** Set when a job is left out because of a cancel. */
  cut_short: boolean;
  readonly keys: Set<string>;
  /** Folders being removed; nobody waits for them but the end of the run. */
  readonly cleanups: Promise<void>[];
  readonly next_job_id: () => number;
  /** Reusable workflows by what `uses` says. */
  readonly called: Map<string, WorkflowModel>;
};

/** One job while it runs on a runner. */
export type JobSession = {
  readonly run: RunShared;
  readonly record: JobRecord;
  readonly model: JobModel;
  readonly folders: JobFolders;
  readonly masker: Masker;
  readonly log: JobLog;
  /** Contexts that hold for the whole job: github, vars, secrets, needs, strategy, matrix, inputs, runner. */
  readonly contexts: Scope["contexts"];
  readonly token: string;
  run_defaults: { readonly shell: string | null; readonly working_directory: string | null };
  /** Aborted when the job is cancelled or out of time; steps whose `if` still holds go on. */
  readonly cancel: AbortController;
  /** Aborted when the time for `always()` steps is over as well. */
  readonly end: AbortController;
  readonly debug: boolean;
  /** Workflow and job `env`, and what steps wrote to GITHUB_ENV. */
  env: Record<string, string>;
  /** What steps wrote to GITHUB_PATH, the latest first. */
  path: string[];
  /** Process groups that outlived their step. */
  readonly left_groups: number[];
  readonly posts: PostStep[];
  readonly summaries: string[];
  readonly matchers: ProblemMatchers;
  /** What a `pre` saved for its `main` and `post`, by step. */
  readonly states: Map<string, Record<string, string>>;
  /** Counts scripts and file commands. */
  sequence: number;
};

/** A `post` of an action: runs after all steps, last in first out; those of one step together. */
export type PostStep = { readonly owner: StepRecord; readonly run: (step: StepRecord) => Promise<StepConclusion> };

/** The `job` context. */
export function jobContext(session: JobSession, status: string): Record<string, unknown> {
  return {
    status,
    check_run_id: session.record.id,
    workflow_ref: (session.contexts.github as Record<string, unknown>)["workflow_ref"],
    workflow_sha: (session.contexts.github as Record<string, unknown>)["workflow_sha"],
    workflow_repository: session.run.request.repository.full_name,
    workflow_file_path: session.run.request.workflow_path,
  };
}
