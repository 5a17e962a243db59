import { describe, expect, it } from "vitest";
import { decideCancel, decideLostRun, shouldForce } from "./decide.ts";

const started = "2026-05-01T12:00:00.000Z";
const after = (seconds: number) => new Date(Date.parse(started) + seconds * 1_000).toISOString();

describe("decideCancel", () => {
  it.each([
    ["tell_never_ran", { github_run_id: null, dispatch_started_at: null, cancel_sent: false }],
    ["look_up", { github_run_id: null, dispatch_started_at: started, cancel_sent: false }],
    ["ask", { github_run_id: 7, dispatch_started_at: started, cancel_sent: false }],
    ["watch", { github_run_id: 7, dispatch_started_at: started, cancel_sent: true }],
  ])("says %s", (step, work) => {
    expect(decideCancel(work)).toBe(step);
  });
});

describe("decideLostRun", () => {
  const work = (now: number) => ({
    created_at: started,
    dispatch_started_at: started,
    look_up_until: after(120),
    now: after(now),
  });
  it.each([
    ["waits while the run may still show up", 30, { kind: "none" as const }, "looked"],
    ["ends it when none has shown up", 121, { kind: "none" as const }, "never_ran"],
    ["does not end it by a list that was not read", 121, { kind: "unknown" as const, message: "" }, "looked"],
  ])("%s", (_, now, found, type) => {
    expect(decideLostRun(found, work(now)).type).toBe(type);
  });
});

describe("shouldForce", () => {
  it.each([
    ["no time to insist at", null, false],
    ["a fresh cancel", after(120), false],
    ["a cancel that has had its time", after(-1), true],
  ])("sees %s", (_, force_cancel_at, forced) => {
    expect(shouldForce({ now: started, force_cancel_at })).toBe(forced);
  });
});
