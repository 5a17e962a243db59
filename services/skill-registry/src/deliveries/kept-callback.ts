import { CallbackReport, RunClaims } from "@infraskill/contracts/worker-events";
import { coerceOutputs } from "@infraskill/workflow/outputs";
import { z } from "zod";
import type { Db } from "../database/connect.ts";

const KeptCallback = z.object({ claims: RunClaims, report: CallbackReport });

/** One callback per run attempt. */
export function callbackGuid(execution_id: string, run_id: number | string, attempt: number | string): string {
  return `callback-${execution_id}-${run_id}-${attempt}`;
}

/** What a run reported, from the delivery that keeps it, with the outputs as the schema of its revision types them. */
export async function readCallback(db: Db, execution_id: string, body: Uint8Array) {
  const { claims, report } = KeptCallback.parse(JSON.parse(Buffer.from(body).toString("utf8")));
  const revision = await db
    .selectFrom("skill_executions")
    .innerJoin("skill_revisions", "skill_revisions.id", "skill_executions.revision_id")
    .select("skill_revisions.outputs_schema")
    .where("execution_id", "=", execution_id)
    .executeTakeFirstOrThrow();
  const { outputs } = coerceOutputs(revision.outputs_schema, report.outputs);
  return { run_id: Number(claims.run_id), report, outputs };
}

/** The outputs in a callback that is kept but was not read yet; GitHub's own word may overtake it. */
export async function keptOutputs(
  db: Db,
  execution_id: string,
  run: { run_id: number; run_attempt: number },
): Promise<Record<string, unknown> | undefined> {
  const delivery = await db
    .selectFrom("deliveries")
    .select("body")
    .where("guid", "=", callbackGuid(execution_id, run.run_id, run.run_attempt))
    .where("status", "=", "received")
    .executeTakeFirst();
  return delivery === undefined ? undefined : (await readCallback(db, execution_id, delivery.body)).outputs;
}
