import type { ExecutionDetail } from "@infraskill/contracts/execution";
import type { ExecutionEventName } from "@infraskill/contracts/execution-machine";
import { isOver } from "../api/use-execution.ts";

export type StageState = "done" | "now" | "ahead" | "skipped";
export type Stage = { readonly label: string; readonly state: StageState; readonly ms: number | undefined };

/** The way of an execution as a person follows it, with how long each part took. */
export function stagesOf(execution: ExecutionDetail, now: number): Stage[] {
  const { started_at, dispatched_at, completed_at, status, github_run_id, jobs, events } = execution;
  const sent = status === "queued" ? undefined : lastOf(events, "dispatch_started");
  const began = jobs.flatMap(({ started_at }) => started_at ?? []).toSorted()[0];
  const over = isOver(status);
  const end = completed_at ?? undefined;
  const taken = dispatched_at ?? undefined;
  const marks: [label: string, from: string | undefined, to: string | undefined][] = [
    ["Queued", started_at, sent ?? taken ?? end],
    ["Dispatched", sent, taken ?? end],
    ["Waiting for a runner", taken, began ?? end],
    ["Running", began, end],
    ["Collecting logs", github_run_id === null ? undefined : end, lastOf(events, "logs_collected")],
  ];
  return marks.map(([label, from, to]): Stage => {
    if (from === undefined) return { label, state: over ? "skipped" : "ahead", ms: undefined };
    const ms = (to === undefined ? now : Date.parse(to)) - Date.parse(from);
    return { label, state: to === undefined ? "now" : "done", ms };
  });
}

function lastOf(events: ExecutionDetail["events"], action: ExecutionEventName): string | undefined {
  return events.findLast((event) => event.action === action)?.at;
}
