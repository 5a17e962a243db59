import type { StandIn } from "./job/stand-in.ts";

/**
 * The runner's contract: what a caller hands over to have a workflow run, and what it hears while it runs.
 * Everything an observer receives is plain data (JSON), a copy of its own.
 */

export type RunRequest = {
  readonly workflow_text: string;
  /** Path inside the repository: `.github/workflows/x.yml`. */
  readonly workflow_path: string;
  readonly repository: RunRepository;
  /** Full ref: `refs/heads/main`, `refs/tags/v1`, `refs/pull/1/merge`. */
  readonly ref: string;
  readonly sha: string;
  readonly event_name: string;
  /** The webhook payload of the event; becomes `github.event` and event.json. */
  readonly event: Readonly<Record<string, unknown>>;
  /** Inputs as the `inputs` context shows them: already validated, defaults filled in, booleans and numbers typed. */
  readonly inputs: Readonly<Record<string, string | boolean | number>>;
  readonly run: { readonly id: number; readonly number: number; readonly attempt: number };
  readonly actor: string;
  /** Who started this attempt, where that is somebody else. */
  readonly triggering_actor?: string;
  readonly server_url: string;
  readonly api_url: string;
  readonly graphql_url?: string;
  readonly github_token: string;
  /** A token of its own for a job, narrowed to that job's permissions; `github_token` where this is absent. */
  readonly github_token_for?: (job: JobRecord) => string;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Used only for jobs that have `id-token: write`. `&audience=` is appended to `request_url`, so it ends in a query. */
  readonly oidc: { readonly request_url: string; readonly token_for: (job_key: string) => string } | null;
  /** An existing folder of the caller's; every job gets a folder below it, removed when the run is done unless `keep_work`. */
  readonly work_dir: string;
  readonly keep_work?: boolean;
  readonly limits: Partial<RunLimits>;
  /** Carries out the jobs in place of the shell. */
  readonly stand_in?: StandIn;
  /** Ids of jobs, unique over all runs. Default: counting up in this process. */
  readonly next_job_id?: () => number;
  /** Bare repository of another `owner/name` (actions/checkout, actions and reusable workflows from there). */
  readonly git_dir_of?: (full_name: string) => string | undefined;
  /** Asked before a job with `environment:` starts; the job is `waiting` until the answer. Default: approved. */
  readonly environment_gate?: (job: JobRecord, environment: JobEnvironment) => Promise<EnvironmentAnswer>;
  /** Asked before a job with `concurrency:` starts; the job is `pending` until the answer. Default: it goes at once. */
  readonly concurrency_gate?: (job: JobRecord, concurrency: Concurrency) => Promise<ConcurrencyAnswer>;
  /** A further attempt: jobs that are not run again are taken over from the previous one. */
  readonly rerun?: {
    readonly previous: readonly JobRecord[];
    readonly artifacts: readonly Artifact[];
    readonly jobs: "all" | "failed" | { readonly job_id: number };
  };
};

export type RunRepository = {
  readonly id: number;
  readonly full_name: string;
  readonly owner: string;
  readonly owner_id?: number;
  readonly default_branch: string;
  readonly git_dir: string;
  readonly private?: boolean;
};

export type RunLimits = {
  /** Bytes of log kept per job; what follows is dropped after one line that says so. */
  readonly max_log_bytes: number;
  /** Bytes of all of a job's outputs together. GitHub: 1 MiB. */
  readonly max_output_bytes: number;
  /** Length of a minute of `timeout-minutes`, in ms: tests make it shorter. */
  readonly minute_ms: number;
  /** `timeout-minutes` of a job that states none. */
  readonly job_timeout_minutes: number;
  /** After SIGINT, ms until SIGTERM; after SIGTERM, ms until SIGKILL. GitHub: 7500 and 2500. */
  readonly sigint_grace_ms: number;
  readonly sigterm_grace_ms: number;
  /** ms that `always()` steps have after a cancel before they are stopped too. GitHub: 5 minutes. */
  readonly cancel_timeout_ms: number;
};

export type RunStatus = "queued" | "in_progress" | "completed" | "waiting" | "pending";
export type StepConclusion = "success" | "failure" | "cancelled" | "skipped";
export type JobConclusion = StepConclusion | "timed_out";
export type RunConclusion = JobConclusion | "startup_failure";

export type JobRecord = {
  id: number;
  /** `build`; one per matrix cell: `build (1)`; a job of a reusable workflow: `caller/inner`. Unique in a run. */
  key: string;
  /** The id in the file, without matrix cell. */
  job_id: string;
  name: string;
  matrix: Record<string, unknown> | null;
  labels: string[];
  needs: string[];
  status: RunStatus;
  conclusion: JobConclusion | null;
  /** False where `continue-on-error` keeps the job's failure from failing the run. */
  counts: boolean;
  created_at: string;
  started_at: string | null;
  completed_at: string | null;
  runner_id: number | null;
  runner_name: string | null;
  permissions: Record<string, "read" | "write" | "none">;
  environment: JobEnvironment | null;
  outputs: Record<string, string>;
  steps: StepRecord[];
  annotations: Annotation[];
  /** Markdown written to GITHUB_STEP_SUMMARY, steps in order. */
  summary: string;
};

export type StepRecord = {
  number: number;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: StepConclusion | null;
  started_at: string | null;
  completed_at: string | null;
};

export type Annotation = {
  level: "notice" | "warning" | "failure";
  title: string | null;
  message: string;
  path: string;
  start_line: number;
  end_line: number;
  start_column: number | null;
  end_column: number | null;
  step_number: number | null;
};

export type JobEnvironment = { name: string; url: string | null };
export type EnvironmentAnswer = {
  readonly approved: boolean;
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
};

export type Concurrency = {
  readonly group: string;
  readonly cancel_in_progress: boolean;
  readonly queue: "single" | "max";
};
/** `release` is called once, when the job is over. `go: false` cancels the job. */
export type ConcurrencyAnswer = { readonly go: false } | { readonly go: true; readonly release: () => void };

/** A zip in the caller's `work_dir`; it stays there after the run. */
export type Artifact = {
  id: number;
  name: string;
  path: string;
  size_in_bytes: number;
  digest: string;
  created_at: string;
};

export type RunObserver = {
  readonly onJobQueued?: (job: JobRecord) => void;
  /** `status` changed to waiting or pending, or back to queued, before the job started. */
  readonly onJobWaiting?: (job: JobRecord) => void;
  readonly onJobStarted?: (job: JobRecord) => void;
  readonly onStepStarted?: (job: JobRecord, step: StepRecord) => void;
  readonly onStepCompleted?: (job: JobRecord, step: StepRecord) => void;
  /** One line of the job's log as GitHub stores it: RFC 3339 time with 7 digits, blank, text; secrets masked; no line end. */
  readonly onLog?: (job: { readonly id: number; readonly key: string }, line: string, step_number: number) => void;
  readonly onJobCompleted?: (job: JobRecord) => void;
  readonly onArtifact?: (artifact: Artifact) => void;
};

export type RunResult = {
  conclusion: RunConclusion;
  jobs: JobRecord[];
  artifacts: Artifact[];
  /** Why the run could not start (`startup_failure`); empty otherwise. */
  errors: WorkflowError[];
};

export type RunHandle = {
  /** Never rejects for anything a workflow does. */
  readonly done: Promise<RunResult>;
  /** GitHub's cancel: running steps are interrupted, `always()` and `cancelled()` steps and jobs still run. */
  readonly cancel: () => void;
  /** Kills everything now. */
  readonly forceCancel: () => void;
};

export type WorkflowError = { message: string; line: number; column: number };

export type DispatchInput = {
  name: string;
  type: "string" | "boolean" | "number" | "choice" | "environment";
  description: string | null;
  required: boolean;
  default: string | boolean | number | null;
  options: string[];
};

export type ParsedWorkflow = {
  /** The file's `name`, or its path where it has none. */
  name: string;
  run_name: string | null;
  /** Event names of `on`. */
  events: string[];
  /** Filters of an event as written: `branches`, `paths`, `types`, `workflows`, `cron` … */
  event_filters: Record<string, unknown>;
  /** null: no `workflow_dispatch` trigger. */
  dispatch_inputs: DispatchInput[] | null;
  permissions: Record<string, "read" | "write" | "none"> | null;
  has_concurrency: boolean;
  job_ids: string[];
};

export type WorkflowParse = { ok: true; workflow: ParsedWorkflow } | { ok: false; errors: WorkflowError[] };
