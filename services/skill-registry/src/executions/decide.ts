import type { FailureCode } from "@infraskill/contracts/execution";
import {
  executionMachine,
  type ExecutionEventName,
  type ExecutionStatus,
} from "@infraskill/contracts/execution-machine";
import { isFinal, nextState } from "@infraskill/contracts/machine";
import { deadlines } from "@infraskill/contracts/owed";
import type { CallbackReport, ExecutionEvent, RunClaims, RunFacts } from "@infraskill/contracts/worker-events";
import type { Updateable } from "kysely";
import type { ExecutionRow, SkillExecutionsTable } from "../database/schema.ts";
import { after, type Due, owe, type TimeScale } from "../owed/owe.ts";
import { owedBy } from "./owed-by.ts";
import { verdictOf } from "./verdict.ts";

/** What can happen to an execution: what the executor reports, what the run itself proves, what a person or the clock asks. */
export type ExecutionHappening =
  | ExecutionEvent
  | { type: "claimed"; claims: RunClaims }
  | { type: "reported"; run_id: number; report: CallbackReport; outputs: Record<string, unknown> }
  | { type: "cancel_requested" }
  | { type: "deadline_passed" };

type Changes = Updateable<SkillExecutionsTable>;
export type ExecutionDecision =
  | { kind: "ignored"; reason: string }
  | { kind: "looked"; due: Due; set: Changes }
  | {
      kind: "changed";
      action: string;
      status: ExecutionStatus;
      due: Due;
      set: Changes;
      detail: Record<string, unknown>;
    };

/** Pure: the row as it is, what happened, the database's time. */
export function decideExecution(
  row: ExecutionRow,
  happening: ExecutionHappening,
  now: Date,
  scale: TimeScale,
): ExecutionDecision {
  if (happening.type === "looked") {
    return { kind: "looked", due: owe(owedBy(row.status, row.logs_owed), now, scale, happening.wait_ms), set: {} };
  }
  const meant = meaningOf(row, happening);
  if ("ignored" in meant) return { kind: "ignored", reason: meant.ignored };
  const status = nextState(executionMachine, row.status, meant.event);
  if (status === undefined)
    return { kind: "ignored", reason: `an execution that is ${row.status} does not accept ${meant.event}` };

  const ends = isFinal(executionMachine, status) && !isFinal(executionMachine, row.status);
  const set: Changes = {
    ...meant.set,
    ...(ends ? ending(row, status, meant, now) : entering(row, status, now, scale)),
  };
  const logs_owed = set.logs_owed ?? row.logs_owed;
  if (meant.event === "run_observed" && row.run_url !== null && !hasNews(row, set)) {
    return { kind: "looked", due: owe(owedBy(status, logs_owed), now, scale), set: {} };
  }
  const due = owe(owedBy(status, logs_owed), now, scale, "wait_ms" in happening ? happening.wait_ms : undefined);
  return { kind: "changed", action: meant.event, status, due, set, detail: meant.detail ?? {} };
}

type Meaning = {
  event: ExecutionEventName;
  set: Changes;
  failure?: { code: FailureCode; detail: string };
  detail?: Record<string, unknown>;
};

/** Which event of the machine a happening is, given what the row already knows. */
function meaningOf(
  row: ExecutionRow,
  happening: Exclude<ExecutionHappening, { type: "looked" }>,
): Meaning | { ignored: string } {
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
      return ofRun(row, happening.run.run_id) ?? observed(row, happening.run, "run_found");
    case "run_observed":
      return ofRun(row, happening.run.run_id) ?? observed(row, happening.run, "run_observed", happening.failing_step);
    case "run_lost":
      return {
        event: "run_failed",
        set: {},
        failure: { code: "run_lost", detail: "GitHub no longer knows this run." },
      };
    case "claimed":
      return {
        event: "claimed",
        set: { github_run_id: Number(happening.claims.run_id), run_attempt: Number(happening.claims.run_attempt) },
        detail: { run_id: Number(happening.claims.run_id) },
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
          ...(row.failure_code === "step_failed" && happening.failing_step !== undefined
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

function observed(
  row: ExecutionRow,
  run: RunFacts,
  name: "run_found" | "run_observed",
  failing_step?: string,
): Meaning | { ignored: string } {
  const set: Changes = {
    github_run_id: run.run_id,
    run_attempt: run.run_attempt,
    run_url: run.run_url,
    logs_url: run.run_url,
  };
  if (run.head_sha !== row.commit_hash) {
    return {
      event: "run_failed",
      set,
      failure: { code: "wrong_commit", detail: `GitHub ran ${run.head_sha}; approved is ${row.commit_hash}.` },
    };
  }
  if (row.run_attempt !== null && run.run_attempt < row.run_attempt) return { ignored: "about an earlier attempt" };
  if (run.status !== "completed") return { event: name, set, detail: { run_id: run.run_id, status: run.status } };
  return {
    ...verdictOf(run.conclusion, row.cancel_reason, failing_step),
    set,
    detail: { run_id: run.run_id, conclusion: run.conclusion },
  };
}

function reported(
  row: ExecutionRow,
  { report, outputs, run_id }: Extract<ExecutionHappening, { type: "reported" }>,
): Meaning | { ignored: string } {
  const set: Changes = {
    github_run_id: run_id,
    outputs: JSON.stringify(outputs),
    logs_url: report.logs_url,
    run_url: row.run_url ?? report.logs_url,
  };
  const detail = { run_id, status: report.status };
  if (isFinal(executionMachine, row.status)) {
    return row.outputs === null
      ? { event: "reported", set: { outputs: set.outputs ?? null }, detail }
      : { ignored: "already reported" };
  }
  return { ...verdictOf(report.status, row.cancel_reason), set, detail };
}

/** What goes with entering or staying in a state that is not final. */
function entering(row: ExecutionRow, status: ExecutionStatus, now: Date, scale: TimeScale): Changes {
  const moved = status !== row.status;
  switch (status) {
    case "dispatching":
      if (!moved) return {};
      return {
        dispatch_started_at: now,
        dispatch_attempts: row.dispatch_attempts + 1,
        look_up_until: after(now, deadlines.look_up_ms * scale),
      };
    case "running":
      return moved ? { dispatched_at: now, deadline_at: after(now, deadlines.until_finished_ms * scale) } : {};
    case "cancelling":
      return moved ? { deadline_at: after(now, deadlines.until_cancelled_ms * scale) } : {};
    default:
      return {};
  }
}

/** What goes with a verdict. Logs are owed where there was a run. */
function ending(row: ExecutionRow, status: ExecutionStatus, meant: Meaning, now: Date): Changes {
  const run_id = meant.set.github_run_id ?? row.github_run_id;
  const failure = status === "succeeded" ? undefined : meant.failure;
  return {
    completed_at: now,
    deadline_at: null,
    logs_owed: run_id !== null,
    failure_code: failure?.code ?? null,
    failure_detail: failure?.detail ?? null,
  };
}

function hasNews(row: ExecutionRow, set: Changes): boolean {
  return set.github_run_id !== row.github_run_id || set.run_url !== row.run_url || set.run_attempt !== row.run_attempt;
}

function lateDetail(status: ExecutionStatus): string {
  return status === "queued" || status === "dispatching"
    ? "GitHub did not take it in time."
    : "The run did not end in time.";
}
