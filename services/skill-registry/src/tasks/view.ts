import type { Task, TaskStep } from "@infraskill/contracts/task";
import type { TaskRow } from "../database/schema.ts";
import type { PinnedStep } from "./store.ts";

/** A task as the API tells it. */
export function toTask(row: TaskRow, steps: readonly PinnedStep[]): Task {
  return {
    id: row.id,
    description: row.description,
    user_request: row.user_request,
    skills_sequence: row.skills_sequence,
    current_skill_index: row.current_skill_index,
    status: row.status,
    cancel_requested: row.cancel_requested,
    inputs: row.inputs,
    steps: steps.filter(({ task_id }) => task_id === row.id).map(toStep),
    failure: row.failure_code === null ? null : { code: row.failure_code, detail: row.failure_detail ?? "" },
    requested_by: row.requested_by,
    resumed_by: row.resumed_by,
    created_at: row.created_at.toISOString(),
    completed_at: row.completed_at?.toISOString() ?? null,
  };
}

function toStep(row: PinnedStep): TaskStep {
  return {
    index: row.index,
    skill_name: row.skill_name,
    revision: row.revision,
    finally: row.finally,
    status: row.status,
    given: row.given,
    inputs: row.inputs,
    execution_id: row.execution_id,
    outputs: row.outputs,
    failure: row.failure,
  };
}
