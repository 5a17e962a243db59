import type { Execution } from "@infraskill/contracts/execution";
import type { Task, TaskStep } from "@infraskill/contracts/task";

/** A step's execution on the task's time axis, in parts of its length; `began` is where waiting ends and work begins. */
export type Bar = { readonly from: number; readonly began: number; readonly to: number };
export type TimelineRow = {
  readonly step: TaskStep;
  readonly execution: Execution | undefined;
  readonly bar: Bar | undefined;
  readonly ms: number | undefined;
  /** Why there is nothing to see, for a step that was skipped or could not start. */
  readonly note: string | undefined;
};
export type Tick = { readonly at: number; readonly ms: number };
export type Timeline = { readonly ticks: readonly Tick[]; readonly rows: readonly TimelineRow[] };

/** Lays a task's steps along one time axis, from when it was asked for to its end or now. */
export function timelineOf(task: Task, executions: readonly Execution[], now: number): Timeline {
  const start = Date.parse(task.created_at);
  const end = Math.max(start + 1_000, task.completed_at === null ? now : Date.parse(task.completed_at));
  const place = (moment: number): number => Math.min(1, Math.max(0, (moment - start) / (end - start)));
  return {
    ticks: ticksOf(end - start),
    rows: task.steps.map((step) => {
      const execution = executions.find(({ execution_id }) => execution_id === step.execution_id);
      const note = noteOf(step, task);
      if (execution === undefined) return { step, execution, bar: undefined, ms: undefined, note };
      const from = Date.parse(execution.started_at);
      const to = execution.completed_at === null ? Math.max(now, from) : Date.parse(execution.completed_at);
      const began = execution.dispatched_at === null ? to : Math.min(to, Date.parse(execution.dispatched_at));
      return { step, execution, bar: { from: place(from), began: place(began), to: place(to) }, ms: to - from, note };
    }),
  };
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const distances = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 4, 8, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * day),
];

/** Round marks of an axis of this length, six at most. */
function ticksOf(length_ms: number): Tick[] {
  const distance = distances.find((candidate) => length_ms / candidate <= 6) ?? length_ms;
  const count = Math.floor(length_ms / distance);
  return Array.from({ length: count + 1 }, (_, index) => ({
    at: (index * distance) / length_ms,
    ms: index * distance,
  }));
}

function noteOf(step: TaskStep, { steps, cancel_requested }: Task): string | undefined {
  if (step.status === "failed" && step.execution_id === null) return step.failure ?? "It could not be started.";
  if (step.status !== "skipped") return undefined;
  const broke = steps.find(
    ({ status, index }) => index < step.index && (status === "failed" || status === "cancelled"),
  );
  if (broke !== undefined)
    return `Never started: step ${broke.index}, ${broke.skill_name}, ${broke.status === "failed" ? "failed" : "was cancelled"}.`;
  return cancel_requested ? "Never started: the task was cancelled before its turn." : "Never started.";
}
