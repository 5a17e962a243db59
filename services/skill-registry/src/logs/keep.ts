import { createHash } from "node:crypto";
import type { ExecutionEvent } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import { countLines } from "./lines.ts";
import { keptJobs } from "./store.ts";
import type { StoreKind } from "./stores/log-store.ts";

/** A text that is kept already, to be told in the row of its job. */
export type KeptLog = {
  readonly job_id: number;
  readonly log_store: StoreKind;
  readonly log_hash: string;
  readonly log_lines: number;
};

const AGAIN_MS = 30_000;

/**
 * Puts the logs that came with a report where they are kept, before the transaction that tells of them. While a storage beside Postgres is away, a run's
 * state is taken without its logs, which come with a later look, and those of an ended run are owed on: no execution waits for a storage.
 */
export async function keepLogs(
  { db, logs, log }: Context,
  execution_id: string,
  event: ExecutionEvent,
): Promise<{ event: ExecutionEvent; kept: KeptLog[] }> {
  const kept: KeptLog[] = [];
  if (event.type !== "run_observed" && event.type !== "logs_collected") return { event, kept };
  const brought = (event.jobs ?? []).filter((job) => typeof job.log === "string");
  if (brought.length === 0) return { event, kept };
  const store = logs.by_kind[logs.into];
  const known = await keptJobs(db, execution_id);
  if (store === undefined || known === undefined) return { event, kept };
  try {
    for (const { job_id, log: text } of brought) {
      if (typeof text !== "string" || known.includes(job_id)) continue;
      const hash = createHash("sha256").update(text).digest("hex");
      await store.put({ execution_id, job_id, hash }, text);
      kept.push({ job_id, log_store: logs.into, log_hash: hash, log_lines: countLines(text) });
    }
    return { event, kept };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    log.warn({ err: error, execution_id }, "Logs not kept");
    return event.type === "run_observed"
      ? { event, kept }
      : { event: { type: "logs_postponed", detail: error.message, wait_ms: AGAIN_MS }, kept: [] };
  }
}
