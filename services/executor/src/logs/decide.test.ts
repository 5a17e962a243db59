import type { JobRun } from "@infraskill/contracts/execution";
import type { Download } from "@infraskill/github/download";
import type { Outcome } from "@infraskill/github/outcome";
import { describe, expect, it } from "vitest";
import { hasLog, judgeLog, mustEndFirst, unfinishedWait } from "./decide.ts";

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
const work = (minutes: number) => ({ now: at(minutes), completed_at: at(1) });

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
    ["an ended job", {}, 2, false],
    ["a live job", { status: "in_progress", conclusion: null }, 2, true],
    ["a live job a day later", { status: "in_progress", conclusion: null }, 1_442, false],
  ] as const)("judges %s", (_, given, minutes, expected) => {
    expect(mustEndFirst(job(given), work(minutes))).toBe(expected);
  });
});

describe("unfinishedWait", () => {
  it.each([
    [1, 5_000],
    [4, 18_000],
    [300, 60_000],
  ])("after %i minutes looks again in %i ms", (minutes, wait_ms) => {
    expect(unfinishedWait(work(minutes))).toBe(wait_ms);
  });
});

describe("judgeLog", () => {
  it.each<[string, Outcome<Download>, number, object]>([
    ["a log", { kind: "ok", status: 200, data: download, headers: {} }, 2, { download }],
    ["an expired one", refused(410), 2, { none: true }],
    ["one that is not there yet", refused(404), 2, { wait_ms: 5_000, detail: "Reading the log of execute: no" }],
    ["one that never was", refused(404), 12, { none: true }],
    ["a missing permission", refused(403), 12, { wait_ms: 60_000 }],
    ["a missing permission a day later", refused(403), 1_442, { none: true }],
    ["a limit", { kind: "limited", retry_after_ms: 7_000, message: "" }, 2, { wait_ms: 7_000 }],
    ["an outage", { kind: "unknown", message: "" }, 2, { wait_ms: 10_000 }],
  ])("reads %s", (_, outcome, minutes, verdict) => {
    expect(judgeLog(outcome, job(), work(minutes))).toMatchObject(verdict);
  });

  it("does not give up the log of an execution that goes on, however long", () => {
    expect(judgeLog(refused(403), job(), { now: at(1_442), completed_at: null })).toMatchObject({ wait_ms: 60_000 });
  });
});
