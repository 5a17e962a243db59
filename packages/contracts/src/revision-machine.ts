import { defineMachine, type EventOf, type StateOf, statesOf } from "./machine.ts";

/** One text of a skill, from its check to its retirement (design §4). */
export const revisionMachine = defineMachine({
  name: "revision",
  initial: "validating",
  states: {
    validating: {
      found_valid: "opening_pr",
      found_invalid: "invalid",
      discarded: "archived",
      archived: "archived",
    },
    invalid: { discarded: "archived", archived: "archived" },
    opening_pr: { pr_opened: "pending_approval", pr_refused: "failed", postponed: "opening_pr", archived: "archived" },
    pending_approval: {
      merged: "activating",
      closed: "rejected",
      watched: "pending_approval",
      discarded: "discarding",
      archived: "archived",
    },
    rejected: {
      reopened: "pending_approval",
      merged: "activating",
      discarded: "discarding",
      archived: "archived",
    },
    discarding: { closed: "archived", merged: "activating", postponed: "discarding", archived: "archived" },
    activating: { activated: "active", activation_refused: "failed", postponed: "activating", archived: "archived" },
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

/** On the way to active, or stuck before it: somebody has something to do, or will have. One that is being discarded is on its way out. */
export const pendingRevisionStatuses = [
  "validating",
  "invalid",
  "opening_pr",
  "pending_approval",
  "rejected",
  "activating",
  "failed",
] as const satisfies readonly RevisionStatus[];
