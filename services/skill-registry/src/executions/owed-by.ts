import { executionMachine, type ExecutionStatus } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import { executionLogsOwed, executionOwes, type Owed } from "@infraskill/contracts/owed";

/** What an execution owes: its state's job, or, once it has ended, its logs. */
export function owedBy(status: ExecutionStatus, logs_owed: boolean): Owed | undefined {
  if (isFinal(executionMachine, status)) return logs_owed ? executionLogsOwed : undefined;
  return (executionOwes as { [state in ExecutionStatus]?: Owed })[status];
}
