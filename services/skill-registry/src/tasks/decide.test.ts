import type { StepStatus } from "@infraskill/contracts/task-machine";
import { describe, expect, it } from "vitest";
import { decideMove, resumedSteps, skippedByCancel, type StepState } from "./decide.ts";

const letters: Record<string, StepStatus> = {
  p: "pending",
  r: "running",
  s: "succeeded",
  f: "failed",
  c: "cancelled",
  x: "skipped",
};

/** "sr|p" is a sequence of two steps, then one of `finally`. */
function steps(text: string): StepState[] {
  const [sequence = "", last = ""] = text.split("|");
  return `${sequence}${last}`.split("").map((letter, index) => ({
    index,
    finally: index >= sequence.length,
    status: letters[letter] ?? "pending",
  }));
}

describe("a task's next move", () => {
  it.each<[string, boolean, ReturnType<typeof decideMove>]>([
    ["ppp", false, { skip: [], start: 0 }],
    ["rpp", false, { skip: [] }],
    ["spp", false, { skip: [], start: 1 }],
    ["sss", false, { skip: [], end: "succeeded" }],
    ["sfp", false, { skip: [2], end: "failed" }],
    ["scp", false, { skip: [2], end: "failed" }],
    ["scp", true, { skip: [2], end: "cancelled" }],
    ["ssp", true, { skip: [2], end: "cancelled" }],
    ["sss", true, { skip: [], end: "succeeded" }],
    ["sfp", true, { skip: [2], end: "failed" }],
    ["rpp", true, { skip: [1, 2] }],
    ["ss|p", false, { skip: [], start: 2 }],
    ["sf|pp", false, { skip: [], start: 2 }],
    ["fp|pp", false, { skip: [1], start: 2 }],
    ["fx|fp", false, { skip: [], start: 3 }],
    ["cx|p", true, { skip: [], start: 2 }],
    ["cx|s", true, { skip: [], end: "cancelled" }],
    ["ss|f", false, { skip: [], end: "failed" }],
    ["ss|cx", true, { skip: [], end: "cancelled" }],
    ["fx|s", false, { skip: [], end: "failed" }],
    ["ss|s", false, { skip: [], end: "succeeded" }],
  ])("with %s and cancel %s", (text, cancel_requested, expected) => {
    expect(decideMove(steps(text), cancel_requested)).toEqual(expected);
  });
});

it.each([
  ["rpp|p", [1, 2]],
  ["sr|p", []],
  ["ss|rp", [3]],
])("a cancel with %s skips %j", (text, expected) => {
  expect(skippedByCancel(steps(text))).toEqual(expected);
});

it.each([
  ["sfxx", [1, 2, 3]],
  ["cx", [0, 1]],
  ["sfx|ss", [1, 2, 3, 4]],
  ["ss|sfs", [3]],
  ["ss|fxs", [2, 3]],
])("resuming %s runs %j again", (text, expected) => {
  expect(resumedSteps(steps(text))).toEqual(expected);
});
