import type { JobRecord } from "../types.ts";
import type { JobModel } from "../workflow/model.ts";
import { concludeJobs } from "./conclude.ts";
import type { Graph, NodeResult } from "./types.ts";

/**
 * A further attempt runs only some jobs again: what failed, or the one job asked for, and whatever depends on a job
 * that runs again. The others' records are taken over from the attempt before.
 */
export function takeOver(graph: Graph, model: JobModel, before: readonly NodeResult[]): NodeResult | undefined {
  const { rerun } = graph.run.request;
  if (rerun === undefined || rerun.jobs === "all") return undefined;
  const depth = graph.prefix.key;
  const records = rerun.previous.filter((record) => belongs(record, depth, model));
  const runsAgain = records.some((record) =>
    rerun.jobs === "failed"
      ? record.conclusion !== "success" && record.conclusion !== "skipped"
      : record.id === (rerun.jobs as { job_id: number }).job_id,
  );
  const before_ran = before.some((node) => node.records.some((record) => !rerun.previous.includes(record)));
  if (records.length === 0 || runsAgain || before_ran) return undefined;
  const outputs = Object.assign({}, ...records.map((record) => record.outputs)) as Record<string, string>;
  return { model, result: concludeJobs(records), outputs, records };
}

function belongs(record: JobRecord, prefix: string, model: JobModel): boolean {
  if (model.uses !== null)
    return record.key.startsWith(`${prefix}${model.id}/`) || record.key.startsWith(`${prefix}${model.id} (`);
  return record.job_id === model.id && record.key.startsWith(prefix) && !record.key.slice(prefix.length).includes("/");
}
