import type { DeliveryStatus } from "./delivery-machine.ts";
import type { ExecutionStatus } from "./execution-machine.ts";
import type { QueueName } from "./queues.ts";
import type { RevisionStatus } from "./revision-machine.ts";

/**
 * "A waiting state owes a job" (design §3), as data. A row that enters `state` has its job published by whoever caused the transition when
 * `at_once`, otherwise by the sweeper once `again_ms` have passed; the sweeper publishes it again every `again_ms` until the state is left.
 */
export type Owed = { readonly queue: QueueName; readonly at_once: boolean; readonly again_ms: number };

const seconds = 1_000;

export const revisionOwes = {
  validating: { queue: "validation", at_once: true, again_ms: 10 * seconds },
  opening_pr: { queue: "pull-requests", at_once: true, again_ms: 15 * seconds },
  pending_approval: { queue: "pull-request-watch", at_once: false, again_ms: 30 * seconds },
  activating: { queue: "activation", at_once: true, again_ms: 10 * seconds },
  discarding: { queue: "pull-requests", at_once: true, again_ms: 15 * seconds },
  retiring: { queue: "pull-requests", at_once: true, again_ms: 15 * seconds },
} as const satisfies { [state in RevisionStatus]?: Owed };

/** Owed by an active revision while the newest rules have not judged its text; it keeps working meanwhile. */
export const revisionRecheckOwed = {
  queue: "validation",
  at_once: false,
  again_ms: 30 * seconds,
} as const satisfies Owed;

export const executionOwes = {
  queued: { queue: "dispatch", at_once: true, again_ms: 10 * seconds },
  dispatching: { queue: "dispatch", at_once: false, again_ms: 10 * seconds },
  running: { queue: "reconcile", at_once: false, again_ms: 15 * seconds },
  cancelling: { queue: "cancel", at_once: true, again_ms: 10 * seconds },
} as const satisfies { [state in ExecutionStatus]?: Owed };

/** Owed by a finished execution while its `logs_owed` is set. */
export const executionLogsOwed = { queue: "logs", at_once: true, again_ms: 15 * seconds } as const satisfies Owed;
/** After an end that the run itself reported: the job that reports is its last and goes on while it does, so its logs are not all there before. */
export const logsAfterReport_ms = 2 * seconds;

/** By the delivery's kind. */
export const deliveryOwes = {
  webhook: { queue: "deliveries", at_once: true, again_ms: 10 * seconds },
  callback: { queue: "callbacks", at_once: true, again_ms: 10 * seconds },
} as const satisfies Record<string, Owed>;
export type DeliveryKind = keyof typeof deliveryOwes;

/** The one delivery state that owes. */
export const deliveryOwingState = "received" satisfies DeliveryStatus;

/** How long an execution may stay before the registry ends the waiting (design §8.4), unless its configuration says otherwise. All in milliseconds. */
export const deadlines = {
  /** From the request until GitHub took it, rate limits and outages included. */
  until_dispatched_ms: 6 * 60 * 60 * seconds,
  /** How long a dispatch with an unknown answer is looked up before it is sent again. */
  look_up_ms: 120 * seconds,
  /** From the dispatch until the end: GitHub's own limit of a hosted job is 6 h. */
  until_finished_ms: 7 * 60 * 60 * seconds,
  /** From the cancel request until infraskill stops waiting for the run's end. */
  until_cancelled_ms: 10 * 60 * seconds,
  /** From the cancel request until infraskill insists: a run that was asked to end may first finish its `always()` steps. */
  until_forced_ms: 2 * 60 * seconds,
} as const;
export type Deadlines = { readonly [name in keyof typeof deadlines]: number };

/** A delivery that failed this often is poison: kept, visible, replayable. */
export const deliveryAttempts = 10;
