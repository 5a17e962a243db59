import type { JobConclusion, JobRecord } from "../types.ts";

/** What jobs amount to: a failure that counts, else a cancel, else success unless nothing ran at all. */
export function concludeJobs(records: readonly JobRecord[]): "success" | "failure" | "cancelled" | "skipped" {
  const counting = records.map((record): JobConclusion | null =>
    record.conclusion === "failure" && !record.counts ? "success" : record.conclusion,
  );
  if (counting.includes("failure")) return "failure";
  if (counting.includes("cancelled")) return "cancelled";
  return counting.every((conclusion) => conclusion === "skipped") ? "skipped" : "success";
}
