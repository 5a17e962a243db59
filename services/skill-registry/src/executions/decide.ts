import type { ExecutionStatus } from "@infraskill/contracts/execution-machine";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal, nextState } from "@infraskill/contracts/machine";
import type { Updateable } from "kysely";
import type { ExecutionRow, SkillExecutionsTable } from "../database/schema.ts";
import { after, type Due, owe } from "../owed/owe.ts";
import { type ExecutionHappening, type Meaning, meaningOf } from "./meaning.ts";
import { owedBy } from "./owed-by.ts";
import type { Terms } from "./terms.ts";

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
  terms: Terms,
): ExecutionDecision {
  const { scale } = terms;
  if (row.status === "queued" && row.slot_taken_at === null && happening.type !== "cancel_requested") {
    return { kind: "ignored", reason: "it waits for a slot" };
  }
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
    ...(ends ? ending(row, status, meant, now) : entering(row, status, now, terms)),
  };
  const logs_owed = set.logs_owed ?? row.logs_owed;
  if (meant.event === "run_observed" && meant.at_once !== true && row.run_url !== null && !hasNews(row, set)) {
    return { kind: "looked", due: owe(owedBy(status, logs_owed), now, scale), set: {} };
  }
  const wait_ms = meant.wait_ms ?? ("wait_ms" in happening ? happening.wait_ms : undefined);
  const due = owe(owedBy(status, logs_owed), now, scale, wait_ms);
  const at_once = due.at_once || meant.at_once === true;
  return { kind: "changed", action: meant.event, status, due: { ...due, at_once }, set, detail: meant.detail ?? {} };
}

/** What goes with entering or staying in a state that is not final. */
function entering(row: ExecutionRow, status: ExecutionStatus, now: Date, terms: Terms): Changes {
  const { scale, deadlines } = terms;
  const moved = status !== row.status;
  switch (status) {
    case "dispatching":
      return moved ? { ...beginning(now, terms), dispatch_attempts: row.dispatch_attempts + 1 } : {};
    case "running":
      return moved ? { dispatched_at: now, deadline_at: after(now, deadlines.until_finished_ms * scale) } : {};
    case "cancelling":
      return moved ? { deadline_at: after(now, deadlines.until_cancelled_ms * scale) } : {};
    default:
      return {};
  }
}

/** The times of a dispatch that begins. */
export function beginning(now: Date, { scale, deadlines }: Terms) {
  return { dispatch_started_at: now, look_up_until: after(now, deadlines.look_up_ms * scale) };
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
