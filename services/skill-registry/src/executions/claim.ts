import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Job } from "@infraskill/contracts/queues";
import type { RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import { applyToRow } from "./apply.ts";
import { type Decided, decideAsSeen } from "./as-seen.ts";
import { misfitOf } from "./claims.ts";
import { type ExecutionNow, lockExecution } from "./store.ts";

/**
 * Lets exactly one run have the execution (reliability fact 2): the first whose proof fits, again and again; none once it is cancelled or has ended.
 * Decided on the row as it was last seen and written only at that version; where it has moved on meanwhile, which GitHub's answer to the dispatch may
 * have done, once more, and then with the row locked. Undefined when there is no such execution.
 */
export async function claimExecution(
  context: Context,
  execution_id: string,
  claims: RunClaims,
): Promise<{ jobs: Job[] } | undefined> {
  const { db } = context;
  const claimed = await decideAsSeen(context, execution_id, async (row) => claimRow(db, context, row, claims));
  if (claimed !== undefined) return claimed;
  return db.transaction().execute(async (trx) => {
    const locked = await lockExecution(trx, execution_id);
    return locked && (await claimRow(trx, context, locked, claims))?.answer;
  });
}

/** Undefined where the row has moved on since it was read. @throws {HttpProblem} when the run may not have the execution */
async function claimRow(
  db: Db,
  context: Context,
  row: ExecutionNow,
  claims: RunClaims,
): Promise<Decided<{ jobs: Job[] }> | undefined> {
  const misfit = misfitOf(row, context.repository, claims);
  if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);

  const [run_id, attempt] = [Number(claims.run_id), Number(claims.run_attempt)];
  if (isFinal(executionMachine, row.status) || row.status === "cancelling") {
    throw new HttpProblem("wrong_state", `This execution is ${row.status}: no run may act for it.`);
  }
  if (row.claimed_run_id !== null) {
    if (row.claimed_run_id === run_id && row.claimed_attempt === attempt) return { answer: { jobs: [] }, row };
    throw new HttpProblem("wrong_state", "Another run has this execution.");
  }
  if (row.github_run_id !== null && row.github_run_id !== run_id) {
    throw new HttpProblem("wrong_state", "Another run was dispatched for this execution.");
  }
  if (row.dispatch_started_at === null) throw new HttpProblem("wrong_state", "This execution was not dispatched.");
  const happening = { type: "claimed", run_id, attempt, at: row.now } as const;
  const decided = await applyToRow(db, row, { happening, actor: `run ${run_id}` }, context);
  return decided.answer.applied ? decided : undefined;
}
