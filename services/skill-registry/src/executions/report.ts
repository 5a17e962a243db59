import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Applied } from "@infraskill/contracts/registry/answers";
import type { Context } from "../context.ts";
import { applyToExecution, applyToRow, type ExecutionReport } from "./apply.ts";
import { decideAsSeen } from "./as-seen.ts";

/** These end nothing, so no task moves with them and no slot gets free. */
const alone: ReadonlySet<ExecutionReport["happening"]["type"]> = new Set([
  "dispatched",
  "dispatch_postponed",
  "dispatch_unknown",
  "cancel_sent",
]);

/**
 * Applies what a worker reports. What moves the execution alone takes no lock: it is decided on the row as it was last seen, and written only if that
 * is still at its version. Everything else, and what was overtaken again and again, takes a transaction. Undefined when there is no such execution.
 */
export async function reportExecution(context: Context, report: ExecutionReport): Promise<Applied | undefined> {
  const { db } = context;
  const applied = alone.has(report.happening.type)
    ? await decideAsSeen(context, report.execution_id, async (row) => {
        if (isFinal(executionMachine, row.status)) return undefined;
        const decided = await applyToRow(db, row, report, context);
        return decided.answer.applied ? decided : undefined;
      })
    : undefined;
  return applied ?? db.transaction().execute((trx) => applyToExecution(trx, report, context));
}
