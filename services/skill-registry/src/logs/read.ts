import { createHash } from "node:crypto";
import { unavailable } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { LogPlace } from "./store.ts";

/** A job's log; empty when there is none, or not any more. @throws {HttpProblem} 503 while where it is kept is away */
export async function readLog(
  { logs, log }: Pick<Context, "logs" | "log">,
  execution_id: string,
  { job_id, log_store, log_hash, log_lines }: LogPlace,
): Promise<string> {
  if (log_store === null || log_hash === null || log_lines === 0) return "";
  const store = logs.by_kind[log_store];
  if (store === undefined)
    throw unavailable(`This log is kept where the registry is no longer told to look: ${log_store}.`);
  const text = await store.get({ execution_id, job_id, hash: log_hash });
  if (text !== undefined && createHash("sha256").update(text).digest("hex") === log_hash) return text;
  log.error({ execution_id, job_id, log_store, damaged: text !== undefined }, "Log missing where it was kept");
  return "";
}
