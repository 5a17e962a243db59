import type { FailureCode } from "@infraskill/contracts/execution";
import type { FieldError } from "@infraskill/contracts/problem";
import { evaluateStepInputs } from "@infraskill/workflow/evaluate/task-inputs";
import type { NewExecution } from "../executions/insert.ts";
import type { MovingTask, PinnedStep } from "./store.ts";

export type StepRefusal = { ok: false; failure: { code: FailureCode; detail: string }; errors: FieldError[] };

/** Revisions that may still run in a task that pinned them: a newer one does not take them back, a retirement does. */
const runnable: readonly PinnedStep["revision_status"][] = ["active", "superseded"];

/** The execution of a step that is ready. */
export function executionOf(task: MovingTask, step: PinnedStep, ready: ReadyStep): NewExecution {
  const { skill_id, revision_id, revision, skill_name, concurrency } = step;
  const { commit_hash, inputs } = ready;
  const requested_by = task.resumed_by ?? task.requested_by;
  return {
    task_id: task.id,
    skill_id,
    revision_id,
    skill_name,
    revision,
    commit_hash,
    concurrency,
    inputs,
    requested_by,
  };
}

export type ReadyStep = { ok: true; commit_hash: string; inputs: Record<string, unknown> };

/** What a step would start with if it started now, or why it cannot. */
export function readyStep(task: MovingTask, steps: readonly PinnedStep[], step: PinnedStep): ReadyStep | StepRefusal {
  const { revision, skill_name, commit_hash } = step;
  if (commit_hash === null || !runnable.includes(step.revision_status)) {
    const detail = `Revision ${revision} of ${skill_name} is ${step.revision_status}.`;
    const pointer = `/${placeOf(task, step).join("/")}`;
    return {
      ok: false,
      failure: { code: "skill_not_active", detail: nameStep(step, detail) },
      errors: [{ pointer, detail }],
    };
  }
  const evaluated = inputsOf(task, steps, step);
  if (!evaluated.ok) {
    const detail = evaluated.errors.map((error) => `${error.pointer.split("/").at(-1)} ${error.detail}`).join("; ");
    return {
      ok: false,
      failure: { code: "inputs_refused", detail: nameStep(step, `${detail}.`) },
      errors: evaluated.errors,
    };
  }
  return { ok: true, commit_hash, inputs: evaluated.inputs };
}

/** A step's inputs as they would be if it started now. */
export function inputsOf(task: MovingTask, steps: readonly PinnedStep[], step: PinnedStep) {
  const { inputs_schema, given } = step;
  // A step that has not succeeded brings nothing; one that has and told no outputs is looked at in vain.
  const outputs = steps.slice(0, step.index).map(({ status, outputs }) => (status === "succeeded" ? outputs : {}));
  return evaluateStepInputs({ inputs_schema, inputs: given, at: placeOf(task, step) }, task.inputs, outputs);
}

/** Puts the step in front, counted from 0 as everywhere. */
export function nameStep(step: Pick<PinnedStep, "index" | "skill_name">, detail: string): string {
  return `Step ${step.index} (${step.skill_name}): ${detail}`;
}

/** Where a step's inputs stood in the request. */
function placeOf(task: MovingTask, { index, finally: last }: PinnedStep): [string, number] {
  return last ? ["finally_inputs", index - task.skills_sequence.length] : ["step_inputs", index];
}
