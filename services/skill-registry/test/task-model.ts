import { nextState } from "@infraskill/contracts/machine";
import {
  stepMachine,
  type StepEventName,
  type StepStatus,
  taskMachine,
  type TaskEventName,
  type TaskStatus,
} from "@infraskill/contracts/task-machine";
import * as fc from "fast-check";

/** How a step's execution ends, or what a person asks for. */
export type Command =
  | { type: "end"; outcome: "succeeded" | "failed" | "cancelled" }
  | { type: "cancel" }
  | { type: "resume" };

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ type: "end", outcome: "succeeded" } as const) },
  { weight: 2, arbitrary: fc.constant({ type: "end", outcome: "failed" } as const) },
  { weight: 1, arbitrary: fc.constant({ type: "end", outcome: "cancelled" } as const) },
  { weight: 1, arbitrary: fc.constant({ type: "cancel" } as const) },
  { weight: 2, arbitrary: fc.constant({ type: "resume" } as const) },
);

export const plan = fc.record({
  sequence: fc.integer({ min: 1, max: 4 }),
  last: fc.integer({ min: 0, max: 2 }),
  commands: fc.array(command, { maxLength: 12 }),
});

/**
 * What a task is, written down a second time and without looking at how it is done: as the walk a person would take through its steps. `apply`
 * answers whether the command is accepted.
 */
export class TaskModel {
  status: TaskStatus = "running";
  steps: StepStatus[];
  readonly #sequence: number;
  #cancelled = false;

  constructor({ sequence, last }: { sequence: number; last: number }) {
    this.#sequence = sequence;
    this.steps = Array.from({ length: sequence + last }, () => "pending" as const);
    this.steps[0] = "running";
  }

  apply(command: Command): boolean {
    if (command.type === "resume") return this.#resume();
    if (this.status !== "running") return false;
    const at = this.steps.indexOf("running");
    if (command.type === "cancel") {
      this.#cancelled = true;
      const ends_at = at < this.#sequence ? this.#sequence : this.steps.length;
      this.steps = this.steps.map((status, i) => (i > at && i < ends_at && status === "pending" ? "skipped" : status));
      return true;
    }
    this.steps[at] = command.outcome;
    if (at < this.#sequence && command.outcome !== "succeeded") this.steps.fill("skipped", at + 1, this.#sequence);
    const next = this.steps.indexOf("pending");
    if (next >= 0) this.steps[next] = "running";
    else this.status = this.#end();
    return true;
  }

  #end(): TaskStatus {
    const seen = new Set(this.steps);
    if (seen.size === 1 && seen.has("succeeded")) return "succeeded";
    if (seen.has("failed")) return "failed";
    return this.#cancelled ? "cancelled" : "failed";
  }

  #resume(): boolean {
    if (this.status !== "failed") return false;
    const first = this.steps.findIndex((status) => status !== "succeeded");
    this.steps = this.steps.map((status, at) =>
      at < this.#sequence || first >= this.#sequence ? (status === "succeeded" ? status : "pending") : "pending",
    );
    this.status = "running";
    this.#cancelled = false;
    this.steps[this.steps.indexOf("pending")] = "running";
    return true;
  }
}

/** Follows the contracts' tables. @throws when they know no such way */
export function moveStep(from: StepStatus, event: StepEventName): StepStatus {
  const to = nextState(stepMachine, from, event);
  if (to === undefined) throw new Error(`a step that is ${from} does not accept ${event}`);
  return to;
}

export function moveTask(from: TaskStatus, event: TaskEventName): TaskStatus {
  const to = nextState(taskMachine, from, event);
  if (to === undefined) throw new Error(`a task that is ${from} does not accept ${event}`);
  return to;
}
