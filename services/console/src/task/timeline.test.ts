import type { Execution } from "@infraskill/contracts/execution";
import type { Task, TaskStep } from "@infraskill/contracts/task";
import { describe, expect, it } from "vitest";
import { timelineOf } from "./timeline.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
const now = Date.parse(at(40));

const step = (index: number, status: TaskStep["status"], execution_id: string | null): TaskStep => ({
  index,
  skill_name: `skill-${index}`,
  revision: 1,
  finally: false,
  status,
  given: {},
  inputs: {},
  execution_id,
  outputs: null,
  failure: null,
});
const execution = (execution_id: string, started: number, dispatched: number | null, completed: number | null) =>
  ({
    execution_id,
    started_at: at(started),
    dispatched_at: dispatched === null ? null : at(dispatched),
    completed_at: completed === null ? null : at(completed),
  }) as Execution;
const task = (change: Partial<Task>): Task => ({
  id: "t",
  description: "",
  user_request: "",
  skills_sequence: [],
  current_skill_index: 0,
  status: "running",
  cancel_requested: false,
  inputs: {},
  steps: [],
  failure: null,
  requested_by: "ada",
  resumed_by: null,
  created_at: at(0),
  completed_at: null,
  ...change,
});

describe("the time axis", () => {
  it("ends when the task did, and carries at most seven round marks", () => {
    const { ticks } = timelineOf(task({ completed_at: at(90) }), [], now);
    expect(ticks.map(({ ms }) => ms / 1_000)).toEqual([0, 15, 30, 45, 60, 75, 90]);
    expect(ticks.at(-1)?.at).toBe(1);
  });

  it("ends now while the task goes on, and is never empty", () => {
    expect(timelineOf(task({}), [], now).ticks.at(-1)?.ms).toBe(40_000);
    expect(timelineOf(task({}), [], Date.parse(at(0))).ticks).toHaveLength(2);
  });
});

describe("a step", () => {
  it("lies where its execution was, waiting apart from working", () => {
    const steps = [step(0, "succeeded", "a"), step(1, "running", "b"), step(2, "pending", null)];
    const { rows } = timelineOf(task({ steps }), [execution("a", 0, 10, 20), execution("b", 20, null, null)], now);
    expect(rows.map(({ bar, ms }) => ({ bar, ms }))).toEqual([
      { bar: { from: 0, began: 0.25, to: 0.5 }, ms: 20_000 },
      { bar: { from: 0.5, began: 1, to: 1 }, ms: 20_000 },
      { bar: undefined, ms: undefined },
    ]);
  });

  it.each([
    ["failed", false, "Never started: step 0, skill-0, failed."],
    ["cancelled", false, "Never started: step 0, skill-0, was cancelled."],
    ["succeeded", true, "Never started: the task was cancelled before its turn."],
  ] as const)("that was skipped says why when the one before %s", (before, cancel_requested, note) => {
    const steps = [step(0, before, "a"), step(1, "skipped", null)];
    expect(timelineOf(task({ steps, cancel_requested }), [], now).rows[1]?.note).toBe(note);
  });

  it("that could not start says what was wrong with its inputs", () => {
    const failure = "Step 1 (skill-1): database is required.";
    const steps = [step(0, "failed", "a"), { ...step(1, "failed", null), finally: true, failure }];
    expect(timelineOf(task({ steps }), [], now).rows[1]?.note).toBe(failure);
  });
});
