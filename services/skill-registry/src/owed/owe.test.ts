import { executionOwes } from "@infraskill/contracts/owed";
import { describe, expect, it } from "vitest";
import { owe, owedJob } from "./owe.ts";

const now = new Date("2026-01-02T03:04:05.000Z");

describe("owe", () => {
  it.each([
    ["a state that owes at once", executionOwes.queued, 1, undefined, "2026-01-02T03:04:15.000Z", true],
    ["a state that is looked at later", executionOwes.running, 1, undefined, "2026-01-02T03:04:20.000Z", false],
    ["windows scaled down for tests", executionOwes.queued, 0.1, undefined, "2026-01-02T03:04:06.000Z", true],
    ["a wait that was asked for, unscaled", executionOwes.queued, 0.1, 60_000, "2026-01-02T03:05:05.000Z", false],
  ])("knows %s", (_what, owed, scale, wait_ms, due, at_once) => {
    expect(owe(owed, now, scale, wait_ms)).toEqual({ due_at: new Date(due), at_once });
  });

  it("owes nothing in a state that waits for nobody", () => {
    expect(owe(undefined, now, 1)).toEqual({ due_at: null, at_once: false });
  });
});

it("names a job so that two publishers of one row, version and due time make one job", () => {
  const due_at = new Date("2026-01-02T03:04:15.000Z");
  const job = owedJob(executionOwes.queued, { entity: "execution", id: "e1" }, 3, due_at);
  expect(job).toEqual({
    queue: "dispatch",
    job_id: "execution-e1-v3-1767323055000",
    payload: { id: "e1", version: 3 },
  });
});
