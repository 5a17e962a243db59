import { createHash } from "node:crypto";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Job } from "@infraskill/contracts/queues";
import type { CallbackReport, RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import type { Context } from "../context.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { keepDelivery } from "../deliveries/keep.ts";
import { callbackGuid } from "../deliveries/kept-callback.ts";
import { misfitOf } from "./claims.ts";
import { findExecution } from "./store.ts";
import { verdictOf } from "./verdict.ts";

/**
 * Keeps what a run reports as a delivery, once per run attempt; a repeated report is accepted and changes nothing. Undefined when there is no such
 * execution.
 */
export async function acceptCallback(
  { db, scale, repository }: Context,
  execution_id: string,
  { claims, report }: { claims: RunClaims; report: CallbackReport },
): Promise<{ jobs: Job[] } | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await findExecution(trx, execution_id);
    if (row === undefined) return undefined;
    const misfit = misfitOf(row, repository, claims);
    if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);
    refuseContradiction(row, claims, report);
    const body = Buffer.from(JSON.stringify({ claims, report }));
    const kept = await keepDelivery(trx, scale, {
      kind: "callback",
      guid: callbackGuid(execution_id, claims.run_id, claims.run_attempt),
      event: "callback",
      body,
      body_hash: createHash("sha256").update(`${execution_id}\0${claims.run_id}\0${claims.run_attempt}`).digest(),
      execution_id,
    });
    return { jobs: kept.jobs };
  });
}

function refuseContradiction(row: ExecutionRow, claims: RunClaims, report: CallbackReport): void {
  const run_id = Number(claims.run_id);
  const known = row.claimed_run_id ?? row.github_run_id;
  if (known === null) throw new HttpProblem("contradicts_run", "No run has this execution.");
  if (known !== run_id) throw new HttpProblem("contradicts_run", `Run ${known} has this execution.`);
  if (row.claimed_attempt !== null && row.claimed_attempt !== Number(claims.run_attempt)) {
    throw new HttpProblem("contradicts_run", `Attempt ${row.claimed_attempt} of the run has this execution.`);
  }
  if (!isFinal(executionMachine, row.status)) return;
  const { event } = verdictOf(report.status, row.cancel_reason);
  if (event !== `run_${row.status}`) {
    throw new HttpProblem("contradicts_run", `The execution has ended as ${row.status}.`);
  }
}
