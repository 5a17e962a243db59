import { deadlines, executionOwes } from "@infraskill/contracts/owed";
import { sql } from "kysely";
import { recordAudit } from "../audit/store.ts";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";
import type { Terms } from "./terms.ts";

export type NewExecution = {
  /** Drawn by Postgres when absent. */
  execution_id?: string;
  task_id?: string;
  skill_id: number;
  revision_id: number;
  skill_name: string;
  revision: number;
  commit_hash: string;
  /** Checked against the revision's schema. */
  inputs: Record<string, unknown>;
  requested_by: string;
};

/** A queued execution that owes its dispatch, and the first line of its history. */
export async function insertExecution(
  trx: Db,
  { execution_id, inputs, ...given }: NewExecution,
  { scale }: Terms,
): Promise<ExecutionRow> {
  const execution = await trx
    .insertInto("skill_executions")
    .values({
      ...given,
      execution_id: execution_id ?? sql<string>`gen_random_uuid()::varchar`,
      status: "queued",
      due_at: inMilliseconds(executionOwes.queued.again_ms * scale),
      deadline_at: inMilliseconds(deadlines.until_dispatched_ms * scale),
      inputs: JSON.stringify(inputs),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await recordAudit(trx, {
    actor: given.requested_by,
    kind: "execution",
    object_id: execution.execution_id,
    action: "requested",
    from_status: null,
    to_status: execution.status,
    version: execution.version,
    live_status: execution.status,
    detail: {
      skill: given.skill_name,
      revision: given.revision,
      ...(given.task_id === undefined ? {} : { task_id: given.task_id }),
    },
  });
  return execution;
}

function inMilliseconds(milliseconds: number) {
  return sql<Date>`clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;
}
