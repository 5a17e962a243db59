import { rm } from "node:fs/promises";
import { join } from "node:path";
import { withContexts } from "../expression/scope.ts";
import { evaluateNode, evaluateTexts, interpolate, textOf } from "../expression/template.ts";
import { runnerContext } from "../step/environment.ts";
import { type Frame, scopeOf } from "../step/frame.ts";
import { Masker } from "../step/mask.ts";
import { ProblemMatchers } from "../step/problem-matcher.ts";
import { report } from "../step/report.ts";
import { runStep } from "../step/run-step.ts";
import { mapping } from "../workflow/read.ts";
import { cleanUp } from "./clean-up.ts";
import { makeFolders } from "./folders.ts";
import { JobLog } from "./log.ts";
import type { PlannedJob } from "./planned-job.ts";
import { findPreSteps } from "./pre-steps.ts";
import { runSteps } from "./run-steps.ts";
import type { JobSession, RunShared } from "./session.ts";
import { announceSetUp } from "./set-up.ts";
import { beginStep, endStep, planSteps } from "./step-records.ts";

/**
 * Runs a job on the runner named in its record, to its end, and sets the record's status, conclusion, steps, outputs,
 * annotations and summary. Never rejects for anything a workflow does.
 */
export async function runJob(run: RunShared, job: PlannedJob): Promise<void> {
  const { record } = job;
  record.status = "in_progress";
  record.started_at = new Date().toISOString();
  record.steps = planSteps(job);
  run.observer.onJobStarted?.(structuredClone(record));
  const session = await openSession(run, job);
  const [set_up, complete] = [record.steps.at(0), record.steps.at(-1)];
  if (set_up === undefined || complete === undefined) throw new Error("A job has a first and a last step");
  beginStep(session, set_up);
  const frame: Frame = {
    session,
    step: set_up,
    inputs: job.scope.contexts.inputs ?? {},
    action: null,
    env: {},
    cancel: session.cancel.signal,
    end: session.end.signal,
    steps: {},
    status: "success",
    depth: 0,
    runStep,
  };
  const clearTimes = limitTime(session, job);
  const ready = setUp(frame, job);
  const pres = ready ? await findPreSteps(frame) : [];
  endStep(session, set_up, ready ? "success" : "failure");
  await runSteps(frame, ready, pres);
  beginStep(session, complete);
  if (ready) finishOutputs(frame, complete.number);
  await cleanUp(session, complete.number);
  endStep(session, complete, "success");
  clearTimes();
  record.summary = session.summaries.join("\n");
  record.conclusion = session.cancel.signal.aborted || run.kill.aborted ? "cancelled" : frame.status;
  record.status = "completed";
  record.completed_at = new Date().toISOString();
  if (run.request.keep_work !== true)
    run.cleanups.push(rm(session.folders.root, { recursive: true, force: true, maxRetries: 3 }));
}

async function openSession(run: RunShared, job: PlannedJob): Promise<JobSession> {
  const { record } = job;
  const { request } = run;
  const root = join(request.work_dir, `${request.run.id}-${request.run.attempt}`, String(record.id));
  const folders = await makeFolders(
    root,
    request.repository.full_name.split("/").at(-1) ?? "repository",
    request.event,
  );
  const masker = new Masker();
  const secrets = job.scope.contexts.secrets as Record<string, string>;
  for (const secret of Object.values(secrets)) masker.add(secret);
  const token = request.github_token_for?.(structuredClone(record)) ?? request.github_token;
  masker.add(token);
  const debug = [
    secrets["ACTIONS_STEP_DEBUG"],
    (job.scope.contexts.vars as Record<string, string>)["ACTIONS_STEP_DEBUG"],
  ].includes("true");
  const { id, key } = record;
  return {
    run,
    record,
    model: job.model,
    folders,
    masker,
    log: new JobLog(masker, (line, step) => run.observer.onLog?.({ id, key }, line, step), run.limits.max_log_bytes),
    contexts: {
      ...job.scope.contexts,
      secrets: { ...secrets, github_token: token },
      github: {
        ...(job.scope.contexts.github as object),
        token,
        job: job.model.id,
        workspace: folders.workspace,
        event_path: folders.event_path,
      },
      runner: runnerContext(record, folders.temp, folders.tools, debug),
    },
    token,
    run_defaults: { shell: null, working_directory: null },
    cancel: job.cancel,
    end: new AbortController(),
    debug,
    env: {},
    path: [],
    left_groups: [],
    posts: [],
    matchers: new ProblemMatchers(),
    states: new Map(),
    summaries: [],
    sequence: 0,
  };
}

/** Evaluates what holds for all steps. A faulty expression fails the job here. */
function setUp(frame: Frame, job: PlannedJob): boolean {
  const { session } = frame;
  announceSetUp(session, frame.step.number);
  try {
    const scope = scopeOf(frame, "", {});
    const workflow_env = evaluateTexts(job.workflow.env, withContexts(scope, { env: {} }));
    const job_env = evaluateTexts(job.model.env, withContexts(scope, { env: workflow_env }));
    session.env = { ...workflow_env, ...job_env };
    const defaults = withContexts(scope, { env: session.env });
    const pick = (own: unknown, general: unknown): string | null =>
      own === undefined && general === undefined ? null : interpolate(textOf(own ?? general), defaults);
    session.run_defaults = {
      shell: pick(job.model.run_defaults.shell, job.workflow.run_defaults.shell),
      working_directory: pick(job.model.run_defaults.working_directory, job.workflow.run_defaults.working_directory),
    };
    for (const kind of ["container", "services"] as const) {
      const wanted = evaluateNode(job.model[kind], scope);
      if (wanted !== undefined && wanted !== null && wanted !== "") {
        throw new Error(`This runner has no containers: \`${kind}\` of job '${job.model.id}' is not supported`);
      }
    }
    return true;
  } catch (error) {
    report(session, frame.step.number, "failure", error instanceof Error ? error.message : String(error));
    frame.status = "failure";
    return false;
  }
}

/** `outputs:` and `environment.url`, which may look at the steps. */
function finishOutputs(frame: Frame, last: number): void {
  const { session } = frame;
  const { record, model, run } = session;
  try {
    const scope = scopeOf(frame, "", {});
    let bytes = 0;
    for (const [name, value] of Object.entries(evaluateTexts(model.outputs, scope))) {
      bytes += Buffer.byteLength(value);
      if (session.masker.isSecret(value))
        report(session, last, "warning", `Skip output '${name}' since it may contain secret.`);
      else if (bytes > run.limits.max_output_bytes)
        report(session, last, "failure", `Output '${name}' exceeds the limit of ${run.limits.max_output_bytes} bytes`);
      else record.outputs[name] = value;
    }
    const url = mapping(model.environment)["url"];
    if (record.environment !== null && url !== undefined) record.environment.url = interpolate(textOf(url), scope);
  } catch (error) {
    report(session, last, "failure", error instanceof Error ? error.message : String(error));
    frame.status = "failure";
  }
}

/**
 * After `timeout-minutes` the job is cancelled; after a cancel `always()` steps have a while, then it is over.
 * @returns puts the clocks away
 */
function limitTime(session: JobSession, job: PlannedJob): () => void {
  const { limits } = session.run;
  const { cancel, end } = session;
  const minutes = jobMinutes(job, limits.job_timeout_minutes);
  const timers = [
    setTimeout(
      () => {
        report(session, 1, "failure", `The job has exceeded the maximum execution time of ${minutes}m0s`);
        cancel.abort();
      },
      Math.min(minutes * limits.minute_ms, longest_timer_ms),
    ),
  ];
  const onCancel = (): void => {
    timers.push(setTimeout(() => end.abort(), limits.cancel_timeout_ms));
  };
  if (cancel.signal.aborted) onCancel();
  else cancel.signal.addEventListener("abort", onCancel, { once: true });
  return () => {
    cancel.signal.removeEventListener("abort", onCancel);
    for (const timer of timers) clearTimeout(timer);
  };
}

/** setTimeout takes no more. */
const longest_timer_ms = 2 ** 31 - 1;

function jobMinutes(job: PlannedJob, otherwise: number): number {
  try {
    const minutes = evaluateNode(job.model.timeout_minutes, job.scope);
    return typeof minutes === "number" && minutes > 0 ? minutes : otherwise;
  } catch {
    return otherwise;
  }
}
