import { expect, it } from "vitest";
import { findIllegal, type HistoryLine } from "./replay.ts";

const line = (action: string, from_status: string | null, to_status: string, version = 0): HistoryLine => ({
  object_id: "a",
  action,
  from_status,
  to_status,
  version,
});
const requested = line("requested", null, "queued");
const started = line("dispatch_started", "queued", "dispatching", 1);
const claimed = line("claimed", "dispatching", "running", 2);

it.each<[string, HistoryLine[], string, number]>([
  ["a whole life", [requested, started, claimed, line("run_succeeded", "running", "succeeded")], "succeeded", 0],
  ["an event its state does not accept", [requested, line("run_observed", "queued", "running")], "running", 1],
  ["a jump", [requested, claimed], "running", 1],
  [
    "a state that changes after the verdict",
    [requested, line("dispatch_refused", "queued", "failed"), line("run_succeeded", "failed", "succeeded")],
    "succeeded",
    1,
  ],
  ["a history that does not begin", [started], "dispatching", 2],
  ["a row changed behind the history's back", [requested], "failed", 1],
])("judges %s", (_what, lines, status, faults) => {
  expect(findIllegal(lines, new Map([["a", status]]))).toHaveLength(faults);
});
