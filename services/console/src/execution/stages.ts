import type { ExecutionDetail } from "@infraskill/contracts/execution";
import { isOver } from "../api/use-execution.ts";

export type StageState = "done" | "now" | "ahead" | "skipped";
export type Stage = { readonly label: string; readonly state: StageState; readonly ms: number | undefined };

/** The way of an execution as a person follows it, with how long each part took. */
export function stagesOf(execution: ExecutionDetail, now: number): Stage[] {
  const { started_at, dispatched_at, completed_at, status, jobs } = execution;
  const began = jobs.flatMap(({ started_at }) => started_at ?? []).toSorted()[0];
  const over = isOver(status);
  const end = completed_at ?? undefined;
  const marks: [label: string, from: string | undefined, to: string | undefined][] = [
    ["Queued", started_at, dispatched_at ?? end],
    ["Waiting for a runner", dispatched_at ?? undefined, began ?? (dispatched_at === null ? undefined : end)],
    ["Running", began, end],
  ];
  return [
    ...marks.map(([label, from, to]): Stage => {
      if (from === undefined) return { label, state: over ? "skipped" : "ahead", ms: undefined };
      const ms = (to === undefined ? now : Date.parse(to)) - Date.parse(from);
      return { label, state: to === undefined ? "now" : "done", ms };
    }),
    { label: "Finished", state: over ? "done" : "ahead", ms: undefined },
  ];
}
