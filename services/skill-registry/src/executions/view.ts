import type { Execution, HistoryEntry, JobRun, LogLine } from "@infraskill/contracts/execution";
import type { AuditEventRow, ExecutionLogsTable, ExecutionRow } from "../database/schema.ts";
import type { Selectable } from "kysely";
import { sliceLines } from "../logs/lines.ts";

/** What `toExecution` reads of a row: half of its columns. */
export const toldColumns = [
  "execution_id",
  "skill_id",
  "skill_name",
  "revision",
  "commit_hash",
  "task_id",
  "status",
  "inputs",
  "outputs",
  "output_errors",
  "github_run_id",
  "run_url",
  "logs_url",
  "failure_code",
  "failure_detail",
  "requested_by",
  "started_at",
  "dispatched_at",
  "completed_at",
] as const satisfies readonly (keyof ExecutionRow)[];

export type ToldExecution = Pick<ExecutionRow, (typeof toldColumns)[number]>;

/** An execution as the API tells it. */
export function toExecution(row: ToldExecution): Execution {
  return {
    execution_id: row.execution_id,
    skill_id: row.skill_id,
    skill_name: row.skill_name,
    revision: row.revision,
    commit_hash: row.commit_hash,
    task_id: row.task_id,
    status: row.status,
    inputs: row.inputs,
    outputs: row.outputs,
    output_errors: row.output_errors,
    github_run_id: row.github_run_id,
    run_url: row.run_url,
    logs_url: row.logs_url,
    failure: row.failure_code === null ? null : { code: row.failure_code, detail: row.failure_detail ?? "" },
    requested_by: row.requested_by,
    started_at: row.started_at.toISOString(),
    dispatched_at: row.dispatched_at?.toISOString() ?? null,
    completed_at: row.completed_at?.toISOString() ?? null,
  };
}

export function toHistoryEntry(
  row: Omit<AuditEventRow, "kind" | "object_id" | "version" | "live_status">,
): HistoryEntry {
  return { ...row, at: row.at.toISOString() };
}

type LogRow = Selectable<ExecutionLogsTable>;

export function toJobRun(row: Omit<LogRow, "execution_id" | `log_${string}`>): JobRun {
  return {
    ...row,
    started_at: row.started_at?.toISOString() ?? null,
    completed_at: row.completed_at?.toISOString() ?? null,
  };
}

/** The lines of a job's log after the first `after` ones; they count from 1. */
export function toLogLines(log: string, after: number): LogLine[] {
  const rest = sliceLines(log, after);
  if (rest === "") return [];
  return rest
    .replace(/\n$/, "")
    .split("\n")
    .map((text, index) => ({ line: after + index + 1, text }));
}
