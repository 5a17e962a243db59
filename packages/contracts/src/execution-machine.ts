import { defineMachine, type EventOf, type StateOf, statesOf } from "./machine.ts";

const outcomes = {
  run_succeeded: "succeeded",
  run_failed: "failed",
  run_timed_out: "timed_out",
  run_cancelled: "cancelled",
} as const;

/** What proves that GitHub has a run: its answer, the run list, or the run itself asking to act. */
const proofs = { dispatched: "running", run_found: "running", claimed: "running" } as const;

/** Final states accept only what no longer changes the verdict: outputs that come late, logs, what GitHub says of a later attempt or against it. */
const final = <const S extends string>(state: S) => ({
  reported: state,
  rerun_observed: state,
  contradicted: state,
  logs_collected: state,
  logs_postponed: state,
});

/**
 * One run of a skill (design §4). `dispatching` means "may have been sent": it is left by proof (a run id, a claim, a callback, a definite refusal)
 * or, after the look-up window, back to `queued`.
 */
export const executionMachine = defineMachine({
  name: "execution",
  initial: "queued",
  states: {
    queued: {
      ...proofs,
      dispatch_started: "dispatching",
      dispatch_refused: "failed",
      cancel_requested: "cancelling",
      deadline_passed: "timed_out",
    },
    dispatching: {
      ...proofs,
      dispatch_refused: "failed",
      dispatch_postponed: "queued",
      dispatch_unknown: "dispatching",
      run_missing: "queued",
      cancel_requested: "cancelling",
      deadline_passed: "timed_out",
      ...outcomes,
    },
    running: {
      ...proofs,
      run_observed: "running",
      reported: "running",
      cancel_requested: "cancelling",
      deadline_passed: "cancelling",
      ...outcomes,
    },
    cancelling: {
      dispatched: "cancelling",
      run_found: "cancelling",
      cancel_sent: "cancelling",
      run_observed: "cancelling",
      never_ran: "cancelled",
      deadline_passed: "timed_out",
      ...outcomes,
    },
    succeeded: final("succeeded"),
    failed: final("failed"),
    timed_out: final("timed_out"),
    cancelled: final("cancelled"),
  },
});

export type ExecutionStatus = StateOf<typeof executionMachine>;
export type ExecutionEventName = EventOf<typeof executionMachine>;
export const executionStatuses = statesOf(executionMachine);
