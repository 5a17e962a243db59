import { createHash } from "node:crypto";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Job } from "@infraskill/contracts/queues";
import type { CallbackReport, RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { recordAudit, wasRecorded } from "../audit/store.ts";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { keepDelivery } from "../deliveries/keep.ts";
import { callbackGuid } from "../deliveries/kept-callback.ts";
import { misfitOf } from "./claims.ts";
import { findExecution } from "./store.ts";
import { agrees } from "./verdict.ts";

export type AcceptedCallback = {
  jobs: Job[];
  /** `late`: the execution had ended already. */
  outcome: "accepted" | "duplicate" | "late";
};

/**
 * Keeps what a run reports as a delivery, once per run attempt; a repeated report is accepted and changes nothing. One that contradicts what is known
 * is refused and stands in the history. Undefined when there is no such execution.
 */
export async function acceptCallback(
  { db, scale, repository }: Context,
  execution_id: string,
  { claims, report }: { claims: RunClaims; report: CallbackReport },
): Promise<AcceptedCallback | undefined> {
  const taken = await db.transaction().execute(async (trx) => {
    const row = await findExecution(trx, execution_id);
    if (row === undefined) return undefined;
    const misfit = misfitOf(row, repository, claims);
    if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);
    const contradiction = contradictionOf(row, claims, report);
    if (contradiction !== undefined) {
      await noteRefusal(trx, row, { claims, report, reason: contradiction });
      return { contradiction };
    }
    const body = Buffer.from(JSON.stringify({ claims, report }));
    const { duplicate, jobs } = await keepDelivery(trx, scale, {
      kind: "callback",
      guid: callbackGuid(execution_id, claims.run_id, claims.run_attempt),
      event: "callback",
      body,
      body_hash: createHash("sha256").update(`${execution_id}\0${claims.run_id}\0${claims.run_attempt}`).digest(),
      execution_id,
    });
    const late = isFinal(executionMachine, row.status);
    return { jobs, outcome: duplicate ? ("duplicate" as const) : late ? ("late" as const) : ("accepted" as const) };
  });
  if (taken !== undefined && "contradiction" in taken) throw new HttpProblem("contradicts_run", taken.contradiction);
  return taken;
}

function contradictionOf(row: ExecutionRow, claims: RunClaims, report: CallbackReport): string | undefined {
  const run_id = Number(claims.run_id);
  const known = row.claimed_run_id ?? row.github_run_id;
  if (known === null) return "No run has this execution.";
  if (known !== run_id) return `Run ${known} has this execution.`;
  if (row.claimed_attempt !== null && row.claimed_attempt !== Number(claims.run_attempt))
    return `Attempt ${row.claimed_attempt} of the run has this execution.`;
  if (isFinal(executionMachine, row.status) && !agrees(row, report.status))
    return `The execution has ended as ${row.status}.`;
  return undefined;
}

type Refusal = { claims: RunClaims; report: CallbackReport; reason: string };

/** One line of history per run attempt, however often the run repeats itself. */
async function noteRefusal(trx: Db, row: ExecutionRow, { claims, report, reason }: Refusal): Promise<void> {
  const { run_id, run_attempt } = claims;
  const detail = { run_id: Number(run_id), run_attempt: Number(run_attempt), status: report.status, reason };
  const entry = { kind: "execution", object_id: row.execution_id, action: "callback_refused" } as const;
  if (await wasRecorded(trx, entry, { run_id: detail.run_id, run_attempt: detail.run_attempt })) return;
  await recordAudit(trx, {
    ...entry,
    actor: `run ${run_id}`,
    from_status: row.status,
    to_status: row.status,
    version: row.version,
    live_status: null,
    detail,
  });
}
