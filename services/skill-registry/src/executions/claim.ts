import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Job } from "@infraskill/contracts/queues";
import type { RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import { applyToLocked } from "./apply.ts";
import { misfitOf } from "./claims.ts";
import { lockExecution } from "./store.ts";

/**
 * Lets exactly one run have the execution (reliability fact 2): the first whose proof fits, again and again; none once it is cancelled or has ended.
 * Undefined when there is no such execution.
 */
export async function claimExecution(
  context: Context,
  execution_id: string,
  claims: RunClaims,
): Promise<{ jobs: Job[] } | undefined> {
  const { db, repository } = context;
  return db.transaction().execute(async (trx) => {
    const row = await lockExecution(trx, execution_id);
    if (row === undefined) return undefined;
    const misfit = misfitOf(row, repository, claims);
    if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);

    const [run_id, attempt] = [Number(claims.run_id), Number(claims.run_attempt)];
    if (isFinal(executionMachine, row.status) || row.status === "cancelling") {
      throw new HttpProblem("wrong_state", `This execution is ${row.status}: no run may act for it.`);
    }
    if (row.claimed_run_id !== null) {
      if (row.claimed_run_id === run_id && row.claimed_attempt === attempt) return { jobs: [] };
      throw new HttpProblem("wrong_state", "Another run has this execution.");
    }
    if (row.github_run_id !== null && row.github_run_id !== run_id) {
      throw new HttpProblem("wrong_state", "Another run was dispatched for this execution.");
    }
    if (row.dispatch_started_at === null) throw new HttpProblem("wrong_state", "This execution was not dispatched.");
    const happening = { type: "claimed", run_id, attempt, at: row.now } as const;
    const { jobs } = await applyToLocked(trx, row, { happening, actor: `run ${run_id}` }, context);
    return { jobs };
  });
}
