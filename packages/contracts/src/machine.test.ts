import { describe, expect, it } from "vitest";
import { deliveryMachine } from "./delivery-machine.ts";
import { executionMachine } from "./execution-machine.ts";
import { isFinal, type Machine, nextState } from "./machine.ts";
import { executionOwes, revisionOwes } from "./owed.ts";
import { revisionMachine } from "./revision-machine.ts";
import { stepMachine, taskMachine } from "./task-machine.ts";

const machines: Machine[] = [revisionMachine, executionMachine, taskMachine, stepMachine, deliveryMachine];

describe.each(machines)("the $name machine", (machine) => {
  it("reaches every state from its initial one", () => {
    const reached = new Set([machine.initial]);
    for (const state of reached) for (const target of Object.values(machine.states[state] ?? {})) reached.add(target);
    expect([...reached].sort()).toEqual(Object.keys(machine.states).sort());
  });
});

describe("nextState", () => {
  it("follows the table", () => {
    expect(nextState(executionMachine, "queued", "dispatch_started")).toBe("dispatching");
    expect(nextState(revisionMachine, "active", "superseded")).toBe("superseded");
  });

  it("answers undefined for an event the state does not accept", () => {
    expect(nextState(executionMachine, "succeeded", "run_failed")).toBeUndefined();
    expect(nextState(revisionMachine, "archived", "merged")).toBeUndefined();
  });
});

describe("waiting states", () => {
  it("of a revision owe a job exactly where only infraskill can move it on", () => {
    const waiting = ["validating", "opening_pr", "pending_approval", "activating", "discarding", "retiring"];
    expect(Object.keys(revisionOwes)).toEqual(waiting);
  });

  it("of an execution are all that are not final", () => {
    const open = (Object.keys(executionMachine.states) as (keyof typeof executionMachine.states)[]).filter(
      (state) => !isFinal(executionMachine, state),
    );
    expect(Object.keys(executionOwes)).toEqual(open);
  });
});
