import { withContexts, type Scope } from "../expression/scope.ts";
import type { PlannedJob } from "../job/planned-job.ts";
import { runJob } from "../job/run-job.ts";
import { standIn } from "../job/stand-in.ts";
import { takeSlot } from "../pool.ts";
import type { JobRecord } from "../types.ts";
import { followCancel } from "./follow-cancel.ts";
import { passGates } from "./gates.ts";
import { jobError } from "./job-error.ts";
import { newRecord } from "./new-record.ts";
import type { Cell } from "./types.ts";

/** Takes one job from queued to completed: gates, a runner, the work. */
export async function runCell(cell: Cell): Promise<{ records: JobRecord[]; outputs: Record<string, string> }> {
  const { run } = cell.graph;
  const record = newRecord(cell);
  const leave = followCancel(cell);
  run.observer.onJobQueued?.(structuredClone(record));
  try {
    await passAndRun(cell, record);
  } catch (error) {
    refuse(cell, record, error instanceof Error ? error.message : String(error));
  }
  leave();
  if (record.status !== "completed") finishWithoutRunner(record);
  run.observer.onJobCompleted?.(structuredClone(record));
  return { records: [record], outputs: record.outputs };
}

async function passAndRun(cell: Cell, record: JobRecord): Promise<void> {
  const passed = await passGates(cell, record);
  if (passed === undefined) return;
  try {
    await onRunner(cell, record, passed.scope);
  } finally {
    passed.release();
  }
}

async function onRunner(cell: Cell, record: JobRecord, scope: Scope): Promise<void> {
  const slot = await takeSlot(record.labels, cell.cancel.signal);
  if (slot === undefined) return;
  record.runner_id = slot.runner_id;
  record.runner_name = slot.runner_name;
  const { run, workflow } = cell.graph;
  const job: PlannedJob = { record, model: cell.model, workflow, scope: withContexts(scope, {}), cancel: cell.cancel };
  const { stand_in } = run.request;
  try {
    await (stand_in === undefined ? runJob(run, job) : standIn(run, job, stand_in));
  } finally {
    slot.release();
  }
}

/** Cancelled or refused before a runner took it. */
function finishWithoutRunner(record: JobRecord): void {
  record.status = "completed";
  record.conclusion ??= "cancelled";
  record.completed_at = new Date().toISOString();
  record.started_at ??= record.completed_at;
}

/** A faulty expression in `concurrency` or a runner that could not make its folders. */
function refuse(cell: Cell, record: JobRecord, message: string): void {
  record.annotations.push(jobError(cell.graph.run.request.workflow_path, message));
  record.conclusion = "failure";
}
