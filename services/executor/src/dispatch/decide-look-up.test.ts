import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { expect, it } from "vitest";
import type { Found } from "../runs/find-run.ts";
import { decideLookUp } from "./decide-look-up.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 4, 1, 12, 0, seconds)).toISOString();
const work = (now: number, given: object = {}) => ({
  created_at: at(-5),
  dispatch_started_at: at(0),
  look_up_until: at(120),
  now: at(now),
  ...given,
});
const run = {
  run_id: 7,
  run_attempt: 1,
  run_url: "",
  head_sha: "c".repeat(40),
  path: "",
  display_title: "x · 1",
  status: "queued",
  conclusion: null,
};
const none: Found = { kind: "none" };

it.each<[string, Found, ReturnType<typeof work>, ExecutionEvent]>([
  ["a run that shows up", { kind: "found", run }, work(1), { type: "run_found", run }],
  ["a run that shows up late", { kind: "found", run }, work(500), { type: "run_found", run }],
  ["nothing at first", none, work(1), { type: "looked", wait_ms: 2_000 }],
  ["nothing after a while", none, work(20), { type: "looked", wait_ms: 5_000 }],
  ["nothing shortly before the end", none, work(119), { type: "looked", wait_ms: 10_000 }],
  ["nothing at the end of the window", none, work(120), { type: "run_missing" }],
  ["nothing, with no window written down", none, work(121, { look_up_until: null }), { type: "run_missing" }],
  [
    "a list that cannot be read at the end",
    { kind: "unknown", message: "" },
    work(500),
    { type: "looked", wait_ms: 10_000 },
  ],
  [
    "a limit at the end",
    { kind: "limited", retry_after_ms: 30_000, message: "" },
    work(500),
    { type: "looked", wait_ms: 30_000 },
  ],
  [
    "a repository out of sight",
    { kind: "refused", status: 404, message: "", errors: [] },
    work(500),
    { type: "looked", wait_ms: 60_000 },
  ],
])("sees %s", (_, found, work, event) => {
  expect(decideLookUp(found, work)).toEqual(event);
});
