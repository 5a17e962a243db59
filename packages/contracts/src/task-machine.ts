import { defineMachine, type EventOf, type StateOf, statesOf } from "./machine.ts";

/** An ordered list of skills carried out one after another (design §4). */
export const taskMachine = defineMachine({
  name: "task",
  initial: "running",
  states: {
    running: {
      step_started: "running",
      cancel_requested: "running",
      last_step_succeeded: "succeeded",
      step_failed: "failed",
      cancelled: "cancelled",
    },
    succeeded: {},
    failed: { resumed: "running" },
    cancelled: {},
  },
});

export type TaskStatus = StateOf<typeof taskMachine>;
export type TaskEventName = EventOf<typeof taskMachine>;
export const taskStatuses = statesOf(taskMachine);

export const stepMachine = defineMachine({
  name: "step",
  initial: "pending",
  states: {
    pending: { started: "running", skipped: "skipped", refused: "failed" },
    running: { succeeded: "succeeded", failed: "failed", cancelled: "cancelled" },
    // Only a `finally` step runs again after it succeeded.
    succeeded: { resumed: "pending" },
    failed: { resumed: "pending" },
    cancelled: { resumed: "pending" },
    skipped: { resumed: "pending" },
  },
});

export type StepStatus = StateOf<typeof stepMachine>;
export type StepEventName = EventOf<typeof stepMachine>;
export const stepStatuses = statesOf(stepMachine);
