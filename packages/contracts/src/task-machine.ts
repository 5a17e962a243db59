import { defineMachine, type StateOf, statesOf } from "./machine.ts";

/** An ordered list of skills carried out one after another (design §4). */
export const taskMachine = defineMachine({
  name: "task",
  initial: "running",
  states: {
    running: { last_step_succeeded: "succeeded", step_failed: "failed", cancelled: "cancelled" },
    succeeded: {},
    failed: { resumed: "running" },
    cancelled: {},
  },
});

export type TaskStatus = StateOf<typeof taskMachine>;
export const taskStatuses = statesOf(taskMachine);

export const stepMachine = defineMachine({
  name: "step",
  initial: "pending",
  states: {
    pending: { started: "running", skipped: "skipped" },
    running: { succeeded: "succeeded", failed: "failed", cancelled: "cancelled" },
    succeeded: {},
    failed: { resumed: "pending" },
    cancelled: {},
    skipped: { resumed: "pending" },
  },
});

export type StepStatus = StateOf<typeof stepMachine>;
export const stepStatuses = statesOf(stepMachine);
