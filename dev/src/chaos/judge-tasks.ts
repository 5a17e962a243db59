import { stepKey, steps_per_task } from "./effect-key.ts";

export interface TaskFacts {
  readonly id: string;
  readonly status: string;
  readonly failure_code: string | null;
  readonly steps: readonly StepFacts[];
}

interface StepFacts {
  readonly index: number;
  readonly status: string;
  readonly execution_id: string | null;
  /** Its inputs as they were written, with their expressions. */
  readonly given: Readonly<Record<string, unknown>>;
}

export interface TaskVerdict {
  /** Why a task rightly failed, in a sentence; undefined where it succeeded. */
  readonly explained?: string;
  readonly wrong: readonly string[];
}

/**
 * What must have become of a task. It succeeds, with one effect per step, unless the run of one of its steps gave its report up and another step reads
 * that very step's outputs: then it fails at the reader, for its inputs, and nothing after it has an effect.
 */
export function judgeTask(
  key: string,
  task: TaskFacts,
  given_up: ReadonlySet<string>,
  countEffects: (key: string) => number,
): TaskVerdict {
  const reader = task.steps.find((step) => readsOf(step).some((index) => gaveUp(task.steps[index], given_up)));
  const last = reader === undefined ? steps_per_task - 1 : reader.index - 1;
  const wrong: string[] = [];
  const say = (what: string) => wrong.push(`task ${task.id}: ${what}`);

  const expected = reader === undefined ? "succeeded" : "failed";
  if (task.status !== expected) say(`${task.status} (${task.failure_code}), and not ${expected}`);
  else if (reader !== undefined && task.failure_code !== "inputs_refused") say(`failed for ${task.failure_code}`);
  for (const { index, status } of task.steps) {
    const due = index <= last ? "succeeded" : index === reader?.index ? "failed" : "skipped";
    if (status !== due) say(`step ${index} is ${status}, and not ${due}`);
    const effects = countEffects(stepKey(key, index));
    if (effects !== (index <= last ? 1 : 0)) say(`step ${index} had ${effects} effects`);
  }
  if (reader === undefined || wrong.length > 0) return { wrong };
  const explained = `task ${task.id} failed at step ${reader.index}: the run of step ${last} gave its report up, and its outputs are what is read`;
  return { explained, wrong };
}

function gaveUp(step: StepFacts | undefined, given_up: ReadonlySet<string>): boolean {
  return step?.execution_id != null && given_up.has(step.execution_id);
}

/** The indices of the steps whose outputs a step's inputs name. */
function readsOf({ given }: StepFacts): number[] {
  return [...JSON.stringify(given).matchAll(/steps\.(\d+)\.outputs/g)].map(([, index]) => Number(index));
}
