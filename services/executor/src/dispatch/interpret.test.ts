import { ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Outcome } from "@infraskill/github/outcome";
import { describe, expect, it } from "vitest";
import { interpretDispatch, refusesRunDetails } from "./interpret.ts";

const ok = (status: number, data: unknown): Outcome<unknown> => ({ kind: "ok", status, data, headers: {} });
const refused = (status: number, message: string): Outcome<unknown> => ({
  kind: "refused",
  status,
  message,
  errors: [],
});
const html_url = "https://github.com/o/r/actions/runs/7";
const details = { workflow_run_id: 7, run_url: "https://api.github.com/repos/o/r/actions/runs/7", html_url };
const sent = { sent: true, workflow_missing: false };

describe("interpretDispatch", () => {
  it.each<[string, Outcome<unknown>, typeof sent, object]>([
    ["a run", ok(200, details), sent, { type: "dispatched", run_id: 7, run_url: html_url }],
    ["no body", ok(204, undefined), sent, { type: "dispatch_unknown" }],
    ["a body that names no run", ok(200, {}), sent, { type: "dispatch_unknown" }],
    [
      "an unknown end",
      { kind: "unknown", message: "502" },
      sent,
      { type: "dispatch_unknown", detail: "Dispatching: 502" },
    ],
    [
      "an unknown end of what never left",
      { kind: "unknown", message: "given up" },
      { ...sent, sent: false },
      { type: "dispatch_postponed", wait_ms: 1_000 },
    ],
    [
      "no connection",
      { kind: "not_sent", message: "ECONNREFUSED" },
      sent,
      { type: "dispatch_postponed", wait_ms: 10_000 },
    ],
    [
      "a limit",
      { kind: "limited", retry_after_ms: 90_000, message: "slow down" },
      sent,
      { type: "dispatch_postponed", wait_ms: 90_000 },
    ],
    [
      "a credential that is not accepted",
      { kind: "unauthorised", message: "Bad credentials" },
      sent,
      { type: "dispatch_postponed", wait_ms: 60_000 },
    ],
    [
      "a missing permission",
      refused(403, "Resource not accessible by integration"),
      sent,
      { type: "dispatch_postponed", wait_ms: 60_000, detail: "Dispatching: Resource not accessible by integration" },
    ],
    ["a repository out of sight", refused(404, "Not Found"), sent, { type: "dispatch_postponed", wait_ms: 60_000 }],
    [
      "a repository that moved",
      refused(301, "GitHub redirects this request."),
      sent,
      { type: "dispatch_postponed", wait_ms: 60_000 },
    ],
    [
      "an unknown workflow",
      refused(404, "Not Found"),
      { ...sent, workflow_missing: true },
      { type: "dispatch_refused", detail: "Dispatching: Not Found" },
    ],
    [
      "refused inputs",
      refused(422, 'Unexpected inputs provided: ["x"]'),
      sent,
      { type: "dispatch_refused", detail: 'Dispatching: Unexpected inputs provided: ["x"]' },
    ],
  ])("reads %s", (_, outcome, context, expected) => {
    const event = interpretDispatch(outcome, context);
    expect(event).toMatchObject(expected);
    expect(ExecutionEvent.parse(event)).toEqual(event);
  });
});

describe("refusesRunDetails", () => {
  it.each([
    [refused(422, 'Invalid request. "return_run_details" is not a permitted key.'), true],
    [refused(400, "return_run_details"), true],
    [refused(422, "No ref found for: skill/x/1"), false],
    [refused(500, "return_run_details"), false],
    [ok(200, details), false],
  ])("knows an old server from another refusal (%#)", (outcome, expected) => {
    expect(refusesRunDetails(outcome)).toBe(expected);
  });
});
