import { executionMachine, type ExecutionStatus } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import { executionLogsOwed, executionOwes, type Owed } from "@infraskill/contracts/owed";
import type { Job } from "@infraskill/contracts/queues";
import type { ExecutionRow } from "../database/schema.ts";
import { owedJob } from "../owed/owe.ts";

/** What an execution owes: its state's job, or, once it has ended, its logs. */
export function owedBy(status: ExecutionStatus, logs_owed: boolean): Owed | undefined {
  if (isFinal(executionMachine, status)) return logs_owed ? executionLogsOwed : undefined;
  return (executionOwes as { [state in ExecutionStatus]?: Owed })[status];
}

/** The job an execution owes as it stands. */
export function jobsOf(row: Pick<ExecutionRow, "execution_id" | "status" | "logs_owed" | "version" | "due_at">): Job[] {
  const owed = owedBy(row.status, row.logs_owed);
  if (owed === undefined || row.due_at === null) return [];
  return [owedJob(owed, { entity: "execution", id: row.execution_id }, row.version, row.due_at)];
}
