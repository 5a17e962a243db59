import type { JobRun } from "@infraskill/contracts/execution";
import type { Download } from "@infraskill/github/download";
import type { Outcome } from "@infraskill/github/outcome";
import { describe, expect, it } from "vitest";
import { hasLog, judgeLog, mustEndFirst } from "./decide.ts";

const at = (minutes: number) => new Date(Date.UTC(2026, 4, 1, 12, minutes)).toISOString();
const job = (given: Partial<JobRun> = {}): JobRun => ({
  job_id: 1,
  attempt: 1,
  name: "execute",
  status: "completed",
  conclusion: "success",
  started_at: at(0),
  completed_at: at(1),
  steps: [],
  ...given,
});
const refused = (status: number): Outcome<Download> => ({ kind: "refused", status, message: "no", errors: [] });
const download = { text: "x", truncated: false };
const work = (minutes: number) => ({ now: at(minutes), created_at: at(0) });

describe("hasLog", () => {
  it.each([
    [{}, true],
    [{ conclusion: "cancelled" }, true],
    [{ conclusion: "skipped" }, false],
    [{ conclusion: "cancelled", started_at: null }, false],
  ])("knows whether a job has one (%#)", (given, expected) => {
    expect(hasLog(job(given))).toBe(expected);
  });
});

describe("mustEndFirst", () => {
  it.each([
    ["an ended job", {}, "succeeded", 2, false],
    ["a live job", { status: "in_progress", conclusion: null }, "failed", 2, true],
    ["a live job of a run nobody waits for", { status: "in_progress", conclusion: null }, "timed_out", 2, false],
    ["a live job after nine hours", { status: "in_progress", conclusion: null }, "failed", 540, false],
  ] as const)("judges %s", (_, given, status, minutes, expected) => {
    expect(mustEndFirst(job(given), { ...work(minutes), status })).toBe(expected);
  });
});

describe("judgeLog", () => {
  it.each<[string, Outcome<Download>, number, object]>([
    ["a log", { kind: "ok", status: 200, data: download, headers: {} }, 2, { download }],
    ["an expired one", refused(410), 2, { none: true }],
    ["one that is not there yet", refused(404), 2, { wait_ms: 5_000, detail: "Reading the log of execute: no" }],
    ["one that never was", refused(404), 12, { none: true }],
    ["a missing permission", refused(403), 12, { wait_ms: 60_000 }],
    ["a missing permission after nine hours", refused(403), 540, { none: true }],
    ["a limit", { kind: "limited", retry_after_ms: 7_000, message: "" }, 2, { wait_ms: 7_000 }],
    ["an outage", { kind: "unknown", message: "" }, 2, { wait_ms: 10_000 }],
  ])("reads %s", (_, outcome, minutes, verdict) => {
    expect(judgeLog(outcome, job(), work(minutes))).toMatchObject(verdict);
  });
});
