import type { Job } from "@infraskill/contracts/queues";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { checkInputs } from "@infraskill/workflow/inputs";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { takeIdempotencyKey } from "../idempotency/store.ts";
import { insertExecution } from "./insert.ts";
import { jobsOf } from "./owed-by.ts";
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
  const { db, newId } = context;
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

    const execution = await insertExecution(
      trx,
      {
        execution_id,
        skill_id: skill.id,
        revision_id: skill.revision_id,
        skill_name: request.skill_name,
        revision: skill.revision,
        commit_hash: skill.commit_hash,
        inputs: checked.inputs,
        requested_by: request.actor,
      },
      context,
    );
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

async function mustFind(trx: Db, execution_id: string): Promise<ExecutionRow> {
  const execution = await findExecution(trx, execution_id);
  if (execution === undefined) throw new Error(`execution ${execution_id} is gone`);
  return execution;
}
