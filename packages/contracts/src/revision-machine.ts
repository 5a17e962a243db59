import { defineMachine, type EventOf, type StateOf, statesOf } from "./machine.ts";

/** One text of a skill, from its check to its retirement (design §4). */
export const revisionMachine = defineMachine({
  name: "revision",
  initial: "validating",
  states: {
    validating: {
      found_valid: "opening_pr",
      found_invalid: "invalid",
      replaced: "archived",
      discarded: "archived",
      archived: "archived",
    },
    invalid: { discarded: "archived", archived: "archived" },
    opening_pr: {
      pr_opened: "pending_approval",
      pr_refused: "failed",
      postponed: "opening_pr",
      replaced: "discarding",
      discarded: "discarding",
      archived: "retiring",
    },
    pending_approval: {
      merged: "activating",
      closed: "rejected",
      watched: "pending_approval",
      replaced: "discarding",
      discarded: "discarding",
      archived: "retiring",
    },
    rejected: {
      reopened: "pending_approval",
      merged: "activating",
      discarded: "discarding",
      archived: "retiring",
    },
    discarding: {
      pr_opened: "discarding",
      closed: "archived",
      merged: "activating",
      postponed: "discarding",
      archived: "retiring",
    },
    retiring: { pr_opened: "retiring", closed: "archived", merged: "archived", postponed: "retiring" },
    activating: {
      activated: "active",
      activation_refused: "failed",
      merge_disproved: "pending_approval",
      postponed: "activating",
      archived: "archived",
    },
    active: { rechecked: "active", superseded: "superseded", drifted: "drifted", archived: "archived" },
    drifted: { restored: "active", superseded: "superseded", archived: "archived" },
    failed: { discarded: "archived", archived: "archived" },
    superseded: {},
    archived: {},
  },
});

export type RevisionStatus = StateOf<typeof revisionMachine>;
export type RevisionEventName = EventOf<typeof revisionMachine>;
export const revisionStatuses = statesOf(revisionMachine);

/**
 * Given up, and its pull request is or may be open until the job it owes has closed it. A merge that was faster stands where the skill goes on
 * (`discarding`), and changes nothing where that is archived (`retiring`).
 */
export const closingRevisionStatuses = ["discarding", "retiring"] as const satisfies readonly RevisionStatus[];

/** On the way to active, or stuck before it: somebody has something to do, or will have. One that is given up is on its way out. */
export const pendingRevisionStatuses = [
  "validating",
  "invalid",
  "opening_pr",
  "pending_approval",
  "rejected",
  "activating",
  "failed",
] as const satisfies readonly RevisionStatus[];
