import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Applied } from "@infraskill/contracts/registry/answers";
import type { Context } from "../context.ts";
import { applyToExecution, applyToRow, type ExecutionReport } from "./apply.ts";
import { readExecution, triesAsRead } from "./store.ts";

/** These end nothing, so no task moves with them and no slot gets free. */
const alone: ReadonlySet<ExecutionReport["happening"]["type"]> = new Set([
  "dispatched",
  "dispatch_postponed",
  "dispatch_unknown",
  "cancel_sent",
]);

/**
 * Applies what a worker reports. What moves the execution alone takes two round trips and no lock: it is decided on what was read, and written only if
 * the row is still at that version. Everything else, and what was overtaken again and again, takes a transaction. Undefined when there is no such execution.
 */
export async function reportExecution(context: Context, report: ExecutionReport): Promise<Applied | undefined> {
  const { db } = context;
  const tries = alone.has(report.happening.type) ? triesAsRead : 0;
  for (let tried = 0; tried < tries; tried += 1) {
    const row = await readExecution(db, report.execution_id);
    if (row === undefined) return undefined;
    if (isFinal(executionMachine, row.status)) break;
    const applied = await applyToRow(db, row, report, context);
    if (applied.applied) return applied;
  }
  return db.transaction().execute((trx) => applyToExecution(trx, report, context));
}
