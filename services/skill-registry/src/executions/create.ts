import { executionOwes, deadlines } from "@infraskill/contracts/owed";
import type { Job } from "@infraskill/contracts/queues";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { checkInputs } from "@infraskill/workflow/inputs";
import { sql } from "kysely";
import { recordAudit } from "../audit/store.ts";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { takeIdempotencyKey } from "../idempotency/store.ts";
import { jobsOf } from "./apply.ts";
import { findExecution } from "./store.ts";

export type Accepted = { execution: ExecutionRow; jobs: Job[] };
export type ExecutionRequest = {
  skill_name: string;
  inputs: Record<string, unknown>;
  actor: string;
  idempotency_key?: string | undefined;
  operation: string;
};

/** Accepts an execution of the skill's active revision; undefined when there is no such skill. Refused inputs create nothing. */
export async function createExecution(context: Context, request: ExecutionRequest): Promise<Accepted | undefined> {
  const { db, scale, newId } = context;
  return db.transaction().execute(async (trx) => {
    const execution_id = newId();
    const earlier = await takeIdempotencyKey(trx, {
      actor: request.actor,
      operation: request.operation,
      key: request.idempotency_key,
      body: request.inputs,
      made_id: execution_id,
    });
    if (earlier !== undefined) return { execution: await mustFind(trx, earlier), jobs: [] };

    const skill = await activeRevision(trx, request.skill_name);
    if (skill === undefined) return undefined;
    if (skill.revision_id === null || skill.commit_hash === null) {
      throw new HttpProblem(
        "wrong_state",
        `${request.skill_name} is ${skill.status}, so it cannot be executed. Only an active skill can.`,
      );
    }
    const checked = checkInputs(skill.inputs_schema, request.inputs);
    if (!checked.ok)
      throw new HttpProblem("refused", "The inputs do not fit the skill's schema.", { errors: checked.errors });

    const execution = await trx
      .insertInto("skill_executions")
      .values({
        execution_id,
        skill_id: skill.id,
        revision_id: skill.revision_id,
        status: "queued",
        due_at: inMilliseconds(executionOwes.queued.again_ms * scale),
        deadline_at: inMilliseconds(deadlines.until_dispatched_ms * scale),
        skill_name: request.skill_name,
        revision: skill.revision,
        commit_hash: skill.commit_hash,
        inputs: JSON.stringify(checked.inputs),
        requested_by: request.actor,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await recordAudit(trx, {
      actor: request.actor,
      kind: "execution",
      object_id: execution_id,
      action: "requested",
      from_status: null,
      to_status: execution.status,
      version: execution.version,
      live_status: execution.status,
      detail: { skill: request.skill_name, revision: skill.revision },
    });
    return { execution, jobs: jobsOf(execution) };
  });
}

/** The skill, share-locked so that it is not archived meanwhile, with its active revision if it has one. */
async function activeRevision(trx: Db, name: string) {
  return trx
    .selectFrom("skills")
    .leftJoin("skill_revisions as active", (join) =>
      join.onRef("active.skill_id", "=", "skills.id").on("active.status", "=", "active"),
    )
    .select([
      "skills.id",
      "skills.status",
      "skills.revision",
      "skills.inputs_schema",
      "active.id as revision_id",
      "active.commit_hash",
    ])
    .where("skills.name", "=", name)
    .forShare("skills")
    .executeTakeFirst();
}

function inMilliseconds(milliseconds: number) {
  return sql<Date>`clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;
}

async function mustFind(trx: Db, execution_id: string): Promise<ExecutionRow> {
  const execution = await findExecution(trx, execution_id);
  if (execution === undefined) throw new Error(`execution ${execution_id} is gone`);
  return execution;
}
