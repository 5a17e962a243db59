import { stepName } from "../step/run-step.ts";
import type { StepConclusion, StepRecord } from "../types.ts";
import type { PlannedJob } from "./planned-job.ts";
import type { JobSession } from "./session.ts";

/** The steps GitHub shows for a job: "Set up job", the job's own, "Complete job". */
export function planSteps(job: PlannedJob): StepRecord[] {
  const names = ["Set up job", ...job.model.steps.map((step) => stepName(step, job.scope)), "Complete job"];
  return names.map((name, at) => newStep(at + 1, name));
}

/** Puts the steps of `post` actions before "Complete job". */
export function addPostSteps(session: JobSession, names: readonly string[]): StepRecord[] {
  const { steps } = session.record;
  const complete = steps.pop();
  const added = names.map((name, at) => newStep(steps.length + 1 + at, name));
  steps.push(...added);
  if (complete !== undefined) steps.push({ ...complete, number: steps.length + 1 });
  return added;
}

/** Marks the step at this index as running. */
export function beginStep(session: JobSession, at: number, name?: string): StepRecord {
  const step = session.record.steps[at];
  if (step === undefined) throw new Error(`The job has no step ${at}`);
  step.status = "in_progress";
  step.started_at = new Date().toISOString();
  if (name !== undefined) step.name = name;
  session.run.observer.onStepStarted?.(structuredClone(session.record), { ...step });
  return step;
}

export function endStep(session: JobSession, step: StepRecord, conclusion: StepConclusion): void {
  step.status = "completed";
  step.conclusion = conclusion;
  step.completed_at = new Date().toISOString();
  step.started_at ??= step.completed_at;
  session.run.observer.onStepCompleted?.(structuredClone(session.record), { ...step });
}

function newStep(number: number, name: string): StepRecord {
  return { number, name, status: "queued", conclusion: null, started_at: null, completed_at: null };
}
