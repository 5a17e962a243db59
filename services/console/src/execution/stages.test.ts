import type { ExecutionDetail, HistoryEntry } from "@infraskill/contracts/execution";
import { expect, it } from "vitest";
import { stagesOf } from "./stages.ts";

const at = (second: number) => `2026-01-01T00:00:${String(second).padStart(2, "0")}Z`;
const base: ExecutionDetail = {
  execution_id: "00000000-0000-4000-8000-000000000000",
  skill_id: 1,
  skill_name: "x",
  revision: 1,
  commit_hash: "a".repeat(40),
  task_id: null,
  status: "queued",
  inputs: {},
  outputs: null,
  output_errors: null,
  github_run_id: null,
  run_url: null,
  logs_url: null,
  failure: null,
  requested_by: "me",
  started_at: at(0),
  dispatched_at: null,
  completed_at: null,
  events: [],
  jobs: [],
};
const job = {
  job_id: 1,
  attempt: 1,
  name: "Claim",
  status: "completed",
  conclusion: "success",
  completed_at: at(9),
  steps: [],
};
const said = (execution: ExecutionDetail) =>
  stagesOf(execution, Date.parse(at(20))).map(({ state, ms }) => [state, ms] as const);

const event = (action: string, second: number): HistoryEntry => ({
  id: second,
  at: at(second),
  actor: "infraskill",
  action,
  from_status: null,
  to_status: null,
  detail: {},
});

it("counts the stage it is in up to now", () => {
  const ahead = ["ahead", undefined];
  expect(said(base)).toEqual([["now", 20_000], ahead, ahead, ahead, ahead]);
  const events = [event("dispatch_started", 1)];
  expect(said({ ...base, status: "dispatching", events }).slice(0, 3)).toEqual([
    ["done", 1_000],
    ["now", 19_000],
    ["ahead", undefined],
  ]);
  expect(said({ ...base, status: "queued", events }).slice(0, 2)).toEqual([["now", 20_000], ahead]);
  expect(said({ ...base, status: "running", events, dispatched_at: at(2) }).slice(0, 3)).toEqual([
    ["done", 1_000],
    ["done", 1_000],
    ["now", 18_000],
  ]);
});

it("tells what a finished one did, and what it never reached", () => {
  const done = {
    ...base,
    status: "succeeded" as const,
    github_run_id: 7,
    dispatched_at: at(2),
    completed_at: at(12),
    jobs: [{ ...job, started_at: at(5) }],
    events: [event("dispatch_started", 1)],
  };
  const before = [
    ["done", 1_000],
    ["done", 1_000],
    ["done", 3_000],
    ["done", 7_000],
  ];
  expect(said(done)).toEqual([...before, ["now", 8_000]]);
  expect(said({ ...done, events: [...done.events, event("logs_collected", 14)] })).toEqual([
    ...before,
    ["done", 2_000],
  ]);
  expect(said({ ...base, status: "cancelled", completed_at: at(3) }).map(([state]) => state)).toEqual([
    "done",
    "skipped",
    "skipped",
    "skipped",
    "skipped",
  ]);
});
