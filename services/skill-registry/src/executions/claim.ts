import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Job } from "@infraskill/contracts/queues";
import type { RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import { applyToRow } from "./apply.ts";
import { misfitOf } from "./claims.ts";
import { type ExecutionNow, lockExecution, readExecution, triesAsRead } from "./store.ts";

/**
 * Lets exactly one run have the execution (reliability fact 2): the first whose proof fits, again and again; none once it is cancelled or has ended.
 * Decided on what was read and written only at that version; where the row has moved on meanwhile, which GitHub's answer to the dispatch may have done,
 * once more, and then with the row locked. Undefined when there is no such execution.
 */
export async function claimExecution(
  context: Context,
  execution_id: string,
  claims: RunClaims,
): Promise<{ jobs: Job[] } | undefined> {
  const { db } = context;
  for (let tries = 0; tries < triesAsRead; tries += 1) {
    const row = await readExecution(db, execution_id);
    if (row === undefined) return undefined;
    const claimed = await claimRow(db, context, row, claims);
    if (claimed.held) return claimed;
  }
  return db.transaction().execute(async (trx) => {
    const locked = await lockExecution(trx, execution_id);
    return locked && claimRow(trx, context, locked, claims);
  });
}

/** @returns `held`: whether the run has the execution now; false where the row has moved on since it was read */
async function claimRow(
  db: Db,
  context: Context,
  row: ExecutionNow,
  claims: RunClaims,
): Promise<{ held: boolean; jobs: Job[] }> {
  const misfit = misfitOf(row, context.repository, claims);
  if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);

  const [run_id, attempt] = [Number(claims.run_id), Number(claims.run_attempt)];
  if (isFinal(executionMachine, row.status) || row.status === "cancelling") {
    throw new HttpProblem("wrong_state", `This execution is ${row.status}: no run may act for it.`);
  }
  if (row.claimed_run_id !== null) {
    if (row.claimed_run_id === run_id && row.claimed_attempt === attempt) return { held: true, jobs: [] };
    throw new HttpProblem("wrong_state", "Another run has this execution.");
  }
  if (row.github_run_id !== null && row.github_run_id !== run_id) {
    throw new HttpProblem("wrong_state", "Another run was dispatched for this execution.");
  }
  if (row.dispatch_started_at === null) throw new HttpProblem("wrong_state", "This execution was not dispatched.");
  const happening = { type: "claimed", run_id, attempt, at: row.now } as const;
  const { applied, jobs } = await applyToRow(db, row, { happening, actor: `run ${run_id}` }, context);
  return { held: applied, jobs };
}
