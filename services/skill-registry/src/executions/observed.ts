import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { ExecutionEvent, RunFacts } from "@infraskill/contracts/worker-events";
import type { ExecutionRow } from "../database/schema.ts";
import type { Ignored, Meaning } from "./meaning.ts";
import { agrees, verdictOf } from "./verdict.ts";

type Seen = { run: RunFacts } & Partial<
  Pick<Extract<ExecutionEvent, { type: "run_observed" }>, "failing_step" | "cancel_cause">
>;

/**
 * What GitHub's word about a run means. The attempt that has the execution counts, a later one is only noted; of a run that GitHub cancelled and
 * nobody here asked to, the cause is asked for first, because that is also how a job ends that took too long.
 */
export function observed(row: ExecutionRow, seen: Seen, name: "run_found" | "run_observed"): Meaning | Ignored {
  const { run } = seen;
  const over = isFinal(executionMachine, row.status);
  const counts = row.claimed_attempt ?? row.run_attempt;
  if (counts !== null && run.run_attempt < counts) return { ignored: "about an earlier attempt" };
  if (counts !== null && run.run_attempt > counts) {
    if (over) return laterAttempt(row, run);
    if (row.claimed_attempt !== null) return { ignored: "about a later attempt" };
  }
  const set = {
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
  if (run.status !== "completed") return { event: name, set, detail: { run_id: run.run_id, status: run.status } };
  if (over) return contradiction(row, run);
  const detail = { run_id: run.run_id, conclusion: run.conclusion };
  if (run.conclusion === "cancelled" && row.cancel_reason === null) {
    if (seen.cancel_cause === undefined) {
      return { event: row.status === "running" ? "run_observed" : "run_found", set, detail, at_once: true };
    }
    if (seen.cancel_cause === "time_limit") return { ...verdictOf("timed_out", null), set, detail };
  }
  return { ...verdictOf(concludedFor(row, run), row.cancel_reason, seen.failing_step), set, detail };
}

/** A run that asked to act only after the cancel was refused, and GitHub calls that a failure: nothing was run, as was wanted. */
function concludedFor({ cancel_reason, claimed_run_id }: ExecutionRow, { conclusion }: RunFacts) {
  return conclusion === "failure" && cancel_reason !== null && claimed_run_id === null ? "cancelled" : conclusion;
}

/** A person ran the same run again on GitHub: noted when it is first seen and when it ends, with its logs to be collected. */
function laterAttempt(row: ExecutionRow, run: RunFacts): Meaning | Ignored {
  const conclusion = run.status === "completed" ? run.conclusion : null;
  const known = row.later_attempt ?? 0;
  if (run.run_attempt < known) return { ignored: "about an earlier attempt" };
  if (run.run_attempt === known && (conclusion === null || row.later_conclusion !== null))
    return { ignored: "this attempt is noted already" };
  return {
    event: "rerun_observed",
    set: {
      later_attempt: run.run_attempt,
      later_conclusion: conclusion,
      ...(conclusion === null ? {} : { logs_owed: true }),
    },
    detail: { run_id: run.run_id, run_attempt: run.run_attempt, status: run.status, conclusion },
  };
}

/** GitHub concluded something else than the execution ended as: that is noted once, and changes nothing. */
function contradiction(row: ExecutionRow, run: RunFacts): Meaning | Ignored {
  if (agrees(row, concludedFor(row, run)) || row.failure_code === "wrong_commit")
    return { ignored: "it has ended so already" };
  if (row.contradicted_by !== null) return { ignored: "the contradiction is noted already" };
  return {
    event: "contradicted",
    set: { contradicted_by: run.conclusion },
    detail: { run_id: run.run_id, conclusion: run.conclusion, ended_as: row.status },
  };
}
