import { createHash } from "node:crypto";
import { executionMachine } from "@infraskill/contracts/execution-machine";
import { isFinal } from "@infraskill/contracts/machine";
import type { Job } from "@infraskill/contracts/queues";
import type { CallbackReport, RunClaims } from "@infraskill/contracts/worker-events";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { redactValues } from "@infraskill/platform/redact";
import { recordAudit, wasRecorded } from "../audit/store.ts";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import { isRefusedByConstraint } from "../database/errors.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { keepDelivery, keepProcessed, type NewDelivery } from "../deliveries/keep.ts";
import { callbackGuid } from "../deliveries/kept-callback.ts";
import { applyToRow } from "./apply.ts";
import { misfitOf } from "./claims.ts";
import { judgeOutputs } from "./outputs.ts";
import { lockReportedExecution, readReportedExecution } from "./store.ts";
import type { Terms } from "./terms.ts";
import { agrees } from "./verdict.ts";

export type AcceptedCallback = {
  jobs: Job[];
  /** `late`: the execution had ended already. */
  outcome: "accepted" | "duplicate" | "late";
};

type Call = { claims: RunClaims; report: CallbackReport };

/**
 * Keeps what a run reports as a delivery, once per run attempt, and applies it in the same transaction; a repeated report is accepted and changes
 * nothing. Where applying fails, the report is kept all the same and its job owed. One that contradicts what is known is refused and stands in the
 * history. Outputs are redacted before anything keeps them. Undefined when there is no such execution.
 */
export async function acceptCallback(
  context: Context,
  execution_id: string,
  call: Call,
): Promise<AcceptedCallback | undefined> {
  const { db, log, seen } = context;
  const report = { ...call.report, outputs: redactValues(call.report.outputs) };
  const take = (apply: boolean) =>
    db.transaction().execute((trx) => takeCallback(trx, context, execution_id, { ...call, report, apply }));
  const applyNow = () => seen.inTurn(execution_id, () => applyAsRead(context, execution_id, { ...call, report }));
  const apply = async () => (await applyNow()) ?? take(true);
  const taken = await apply().catch((error: unknown) => {
    if (error instanceof HttpProblem) throw error;
    log.warn({ err: error, execution_id }, "Callback not applied at once");
    return take(false);
  });
  if (taken !== undefined && "contradiction" in taken) throw new HttpProblem("contradicts_run", taken.contradiction);
  return taken;
}

/**
 * What most reports come to, without a lock: decided on what was read, and written in one statement together with the delivery, only if neither the
 * execution nor its task has moved on since. Undefined, with nothing written, where there is more to it.
 */
async function applyAsRead(context: Context, execution_id: string, { claims, report }: Call) {
  const read = await readReportedExecution(context.db, execution_id);
  if (read === undefined || isFinal(executionMachine, read.status)) return undefined;
  const { course, ...row } = read;
  if (misfitOf(row, context.repository, claims) !== undefined) return undefined;
  if (contradictionOf(row, claims, report) !== undefined) return undefined;
  const told = {
    ...happeningOf(row, { claims, report }),
    delivery: deliveryOf(execution_id, { claims, report }),
    course: course ?? undefined,
  };
  try {
    const { applied, jobs } = (await applyToRow(context.db, row, told, context)).answer;
    return applied ? ({ jobs, outcome: "accepted" } as const) : undefined;
  } catch (error) {
    // The row has moved on, or the delivery is known.
    if (isRefusedByConstraint(error)) return undefined;
    throw error;
  }
}

async function takeCallback(
  trx: Db,
  terms: Terms & Pick<Context, "repository">,
  execution_id: string,
  { claims, report, apply }: Call & { apply: boolean },
): Promise<AcceptedCallback | { contradiction: string } | undefined> {
  const row = await lockReportedExecution(trx, execution_id);
  if (row === undefined) return undefined;
  const misfit = misfitOf(row, terms.repository, claims);
  if (misfit !== undefined) throw new HttpProblem("bad_proof", misfit);
  const contradiction = contradictionOf(row, claims, report);
  if (contradiction !== undefined) {
    await noteRefusal(trx, row, { claims, report, reason: contradiction });
    return { contradiction };
  }
  const message = deliveryOf(execution_id, { claims, report });
  const outcome = isFinal(executionMachine, row.status) ? "late" : "accepted";
  if (apply && (await keepProcessed(trx, message))) {
    const { answer } = await applyToRow(trx, row, happeningOf(row, { claims, report }), terms);
    return { jobs: answer.jobs, outcome };
  }
  const { duplicate, jobs } = await keepDelivery(trx, terms.scale, message);
  return { jobs, outcome: duplicate ? "duplicate" : outcome };
}

function deliveryOf(execution_id: string, call: Call): NewDelivery {
  const { run_id, run_attempt } = call.claims;
  return {
    kind: "callback",
    guid: callbackGuid(execution_id, run_id, run_attempt),
    event: "callback",
    body: Buffer.from(JSON.stringify(call)),
    body_hash: createHash("sha256").update(`${execution_id}\0${run_id}\0${run_attempt}`).digest(),
    execution_id,
  };
}

function happeningOf({ outputs_schema }: { outputs_schema: Record<string, unknown> }, { claims, report }: Call) {
  const judged = judgeOutputs(outputs_schema, report);
  const happening = { type: "reported", run_id: Number(claims.run_id), report, ...judged } as const;
  return { happening, actor: `run ${claims.run_id}` };
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

type Refusal = Call & { reason: string };

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
