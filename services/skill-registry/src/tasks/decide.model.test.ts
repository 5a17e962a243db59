import type { StepStatus, TaskStatus } from "@infraskill/contracts/task-machine";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Command, moveStep, moveTask, plan, TaskModel } from "../../test/task-model.ts";
import { decideMove, resumedSteps, skippedByCancel, type StepState } from "./decide.ts";

/** A task in memory that follows the decisions, along the contracts' tables only. */
class DecidedTask {
  status: TaskStatus = "running";
  steps: { index: number; finally: boolean; status: StepStatus }[];
  #cancel_requested = false;

  constructor({ sequence, last }: { sequence: number; last: number }) {
    this.steps = Array.from({ length: sequence + last }, (_, index) => ({
      index,
      finally: index >= sequence,
      status: "pending",
    }));
    this.#proceed();
  }

  apply(command: Command): boolean {
    if (command.type === "resume") {
      if (this.status !== "failed") return false;
      this.#move(resumedSteps(this.steps), "resumed");
      this.status = moveTask(this.status, "resumed");
      this.#cancel_requested = false;
      this.#proceed();
      return true;
    }
    if (this.status !== "running") return false;
    if (command.type === "cancel") {
      this.status = moveTask(this.status, "cancel_requested");
      this.#move(skippedByCancel(this.steps), "skipped");
      this.#cancel_requested = true;
      return true;
    }
    const running = this.steps.filter(({ status }) => status === "running");
    if (running.length !== 1) throw new Error(`${running.length} steps are running`);
    this.#move([running[0]?.index ?? -1], command.outcome);
    this.#proceed();
    return true;
  }

  #proceed(): void {
    const { skip, start, end } = decideMove(this.steps, this.#cancel_requested);
    this.#move(skip, "skipped");
    if (start !== undefined) this.#move([start], "started");
    if (end === undefined) return;
    const events = { succeeded: "last_step_succeeded", failed: "step_failed", cancelled: "cancelled" } as const;
    this.status = moveTask(this.status, events[end]);
  }

  #move(indexes: readonly number[], event: Parameters<typeof moveStep>[1]): void {
    this.steps = this.steps.map((step) =>
      indexes.includes(step.index) ? { ...step, status: moveStep(step.status, event) } : step,
    );
  }
}

it("10,000 random walks through tasks agree with the model", () => {
  fc.assert(
    fc.property(plan, ({ commands, ...shape }) => {
      const model = new TaskModel(shape);
      const decided = new DecidedTask(shape);
      for (const command of commands) {
        expect(decided.apply(command)).toBe(model.apply(command));
        expect({ status: decided.status, steps: statuses(decided.steps) }).toEqual({
          status: model.status,
          steps: model.steps,
        });
      }
    }),
    { numRuns: 10_000 },
  );
}, 60_000);

function statuses(steps: readonly StepState[]): StepStatus[] {
  return steps.map(({ status }) => status);
}
