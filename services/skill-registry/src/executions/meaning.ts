import type { FailureCode } from "@infraskill/contracts/execution";
import {
  executionMachine,
  type ExecutionEventName,
  type ExecutionStatus,
} from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import { logsAfterReport_ms } from "@infraskill/contracts/owed";
import type { CallbackReport, ExecutionEvent } from "@infraskill/contracts/worker-events";
import type { Updateable } from "kysely";
import type { ExecutionRow, SkillExecutionsTable } from "../database/schema.ts";
import { observed } from "./observed.ts";
import { type JudgedOutputs, toOutputColumns } from "./outputs.ts";
import { verdictOf } from "./verdict.ts";

/** What can happen to an execution: what the executor reports, what the run itself proves, what a person or the clock asks. */
export type ExecutionHappening =
  | ExecutionEvent
  | { type: "claimed"; run_id: number; attempt: number; at: Date }
  | ({ type: "reported"; run_id: number; report: CallbackReport } & JudgedOutputs)
  | { type: "cancel_requested" }
  | { type: "deadline_passed" };

type Changes = Updateable<SkillExecutionsTable>;
export type Ignored = { ignored: string };

/** What a happening comes to: an event of the machine, and what goes with it. */
export type Meaning = {
  event: ExecutionEventName;
  set: Changes;
  /** The job owed is published right away. */
  at_once?: true;
  wait_ms?: number;
  failure?: { code: FailureCode; detail: string };
  detail?: Record<string, unknown>;
};

/** Which event of the machine a happening is, given what the row already knows. */
export function meaningOf(
  row: ExecutionRow,
  happening: Exclude<ExecutionHappening, { type: "looked" }>,
): Meaning | Ignored {
  switch (happening.type) {
    case "dispatch_started":
      return { event: "dispatch_started", set: {} };
    case "dispatched":
      return (
        ofRun(row, happening.run_id) ?? {
          event: "dispatched",
          set: { github_run_id: happening.run_id, run_url: happening.run_url },
          detail: { run_id: happening.run_id },
        }
      );
    case "dispatch_refused":
      return {
        event: "dispatch_refused",
        set: {},
        failure: { code: "dispatch_refused", detail: happening.detail },
        detail: { detail: happening.detail },
      };
    case "dispatch_postponed":
      return { event: "dispatch_postponed", set: {}, detail: { detail: happening.detail, wait_ms: happening.wait_ms } };
    case "dispatch_unknown":
      return { event: "dispatch_unknown", set: {}, detail: { detail: happening.detail } };
    case "run_missing":
      return { event: "run_missing", set: {} };
    case "run_found":
      return ofRun(row, happening.run.run_id) ?? observed(row, happening, "run_found");
    case "run_observed":
      return ofRun(row, happening.run.run_id) ?? observed(row, happening, "run_observed");
    case "run_lost":
      return {
        event: "run_failed",
        set: {},
        failure: { code: "run_lost", detail: "GitHub no longer knows this run." },
      };
    case "claimed":
      return {
        event: "claimed",
        set: {
          github_run_id: happening.run_id,
          run_attempt: happening.attempt,
          claimed_run_id: happening.run_id,
          claimed_attempt: happening.attempt,
          claimed_at: happening.at,
        },
        detail: { run_id: happening.run_id },
      };
    case "reported":
      return ofRun(row, happening.run_id) ?? reported(row, happening);
    case "cancel_requested":
      return { event: "cancel_requested", set: { cancel_reason: "requested" } };
    case "cancel_sent":
      return { event: "cancel_sent", set: { cancel_sent: true } };
    case "never_ran":
      return {
        event: "never_ran",
        set: {},
        failure: {
          code: row.cancel_reason === "deadline" ? "deadline_passed" : "cancelled",
          detail: "It was cancelled before GitHub started it.",
        },
      };
    case "deadline_passed":
      return {
        event: "deadline_passed",
        set: { cancel_reason: row.cancel_reason ?? "deadline" },
        failure: { code: "deadline_passed", detail: lateDetail(row.status) },
      };
    case "logs_collected":
      return {
        event: "logs_collected",
        set: {
          logs_owed: false,
          ...(row.failure_code === "step_failed" && row.later_attempt === null && happening.failing_step !== undefined
            ? { failure_detail: happening.failing_step }
            : {}),
        },
        detail: { jobs: happening.jobs.length },
      };
    case "logs_postponed":
      return { event: "logs_postponed", set: {}, detail: { detail: happening.detail } };
  }
}

function ofRun(row: ExecutionRow, run_id: number): { ignored: string } | undefined {
  if (row.github_run_id === null || row.github_run_id === run_id) return undefined;
  return { ignored: `run ${run_id} is not this execution's run ${row.github_run_id}` };
}

/** After a `cancelled` that nobody asked infraskill for, GitHub is asked again this soon: only it knows why. */
const CAUSE_SOON_MS = 5_000;

function reported(row: ExecutionRow, happening: Extract<ExecutionHappening, { type: "reported" }>): Meaning | Ignored {
  const { report, run_id, output_errors } = happening;
  const outputs = toOutputColumns(happening);
  const set: Changes = {
    ...outputs,
    github_run_id: run_id,
    logs_url: report.logs_url,
    run_url: row.run_url ?? report.logs_url,
  };
  const detail = {
    run_id,
    status: report.status,
    ...(output_errors === null ? {} : { output_errors: output_errors.length }),
  };
  if (isFinal(executionMachine, row.status)) {
    return row.outputs === null ? { event: "reported", set: outputs, detail } : { ignored: "already reported" };
  }
  if (report.status === "cancelled" && row.cancel_reason === null && row.status === "running") {
    return { event: "reported", set, detail, wait_ms: CAUSE_SOON_MS };
  }
  return { ...verdictOf(report.status, row.cancel_reason), set, detail, wait_ms: logsAfterReport_ms };
}

function lateDetail(status: ExecutionStatus): string {
  return status === "queued" || status === "dispatching"
    ? "GitHub did not take it in time."
    : "The run did not end in time.";
}
