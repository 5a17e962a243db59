import { CallbackReport, RunClaims } from "@infraskill/contracts/worker-events";
import { z } from "zod";
import type { Db } from "../database/connect.ts";
import { type JudgedOutputs, judgeOutputs } from "../executions/outputs.ts";

const KeptCallback = z.object({ claims: RunClaims, report: CallbackReport });

/** One callback per run attempt. */
export function callbackGuid(execution_id: string, run_id: number | string, attempt: number | string): string {
  return `callback-${execution_id}-${run_id}-${attempt}`;
}

/** What a run reported, from the delivery that keeps it, with the outputs as the schema of its revision types them and where they miss it. */
export async function readCallback(db: Db, execution_id: string, body: Uint8Array) {
  const { claims, report } = KeptCallback.parse(JSON.parse(Buffer.from(body).toString("utf8")));
  const revision = await db
    .selectFrom("skill_executions")
    .innerJoin("skill_revisions", "skill_revisions.id", "skill_executions.revision_id")
    .select("skill_revisions.outputs_schema")
    .where("execution_id", "=", execution_id)
    .executeTakeFirstOrThrow();
  return { run_id: Number(claims.run_id), report, ...judgeOutputs(revision.outputs_schema, report) };
}

/** The outputs in a callback that is kept but was not read yet; GitHub's own word may overtake it. */
export async function keptOutputs(
  db: Db,
  execution_id: string,
  run: { run_id: number; run_attempt: number },
): Promise<JudgedOutputs | undefined> {
  const delivery = await db
    .selectFrom("deliveries")
    .select("body")
    .where("guid", "=", callbackGuid(execution_id, run.run_id, run.run_attempt))
    .where("status", "=", "received")
    .executeTakeFirst();
  if (delivery === undefined) return undefined;
  const { outputs, output_errors } = await readCallback(db, execution_id, delivery.body);
  return { outputs, output_errors };
}
