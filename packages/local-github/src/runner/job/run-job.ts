import { removeFolder } from "../files/remove-folder.ts";
import type { Frame } from "../step/frame.ts";
import { runStep } from "../step/run-step.ts";
import { cleanUp } from "./clean-up.ts";
import { finishOutputs } from "./finish-outputs.ts";
import { limitTime } from "./limit-time.ts";
import { openSession } from "./open-session.ts";
import type { PlannedJob } from "./planned-job.ts";
import { findPreSteps } from "./pre-steps.ts";
import { runSteps } from "./run-steps.ts";
import type { RunShared } from "./session.ts";
import { setUpJob } from "./set-up-job.ts";
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
  const ready = setUpJob(frame, job);
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
  if (run.request.keep_work !== true) run.cleanups.push(removeFolder(session.folders.root));
}
