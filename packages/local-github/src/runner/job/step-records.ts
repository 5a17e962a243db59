import { stepName } from "../step/run-step.ts";
import type { StepConclusion, StepRecord } from "../types.ts";
import type { PlannedJob } from "./planned-job.ts";
import type { JobSession } from "./session.ts";

/** The steps GitHub shows for a job: "Set up job", the job's own, "Complete job". */
export function planSteps(job: PlannedJob): StepRecord[] {
  const names = ["Set up job", ...job.model.steps.map((step) => stepName(step, job.scope)), "Complete job"];
  return names.map((name, at) => newStep(at + 1, name));
}

/** Puts further steps in at this index; all after it get new numbers, none of them has started. */
export function insertSteps(session: JobSession, at: number, names: readonly string[]): StepRecord[] {
  const added = names.map((name) => newStep(0, name));
  session.record.steps.splice(at, 0, ...added);
  for (const [index, step] of session.record.steps.entries()) step.number = index + 1;
  return added;
}

/** Marks a step as running, under its final name. */
export function beginStep(session: JobSession, step: StepRecord, name = step.name): void {
  step.status = "in_progress";
  step.started_at = new Date().toISOString();
  step.name = name;
  session.run.observer.onStepStarted?.(structuredClone(session.record), { ...step });
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
