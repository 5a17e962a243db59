import type { Execution } from "@infraskill/contracts/execution";
import type { Job } from "@infraskill/contracts/queues";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { checkInputs } from "@infraskill/workflow/schema/inputs";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import { isRefusedByConstraint } from "../database/errors.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { keepFirstAnswer, takeIdempotencyKey } from "../idempotency/store.ts";
import { shareSkills } from "../skills/store.ts";
import { insertExecution } from "./insert.ts";
import { jobsOf } from "./owed-by.ts";
import { findExecution } from "./store.ts";
import { toExecution } from "./view.ts";

/** The execution as whoever asked for it is told. */
export type Accepted = { execution: Execution; jobs: Job[] };
export type ExecutionRequest = {
  /** The id it gets; a request that comes again with it is answered with what was made. Drawn when absent. */
  id?: string | undefined;
  skill_name: string;
  inputs: Record<string, unknown>;
  /** Runs this one again: inputs that are not given are taken from it, as far as the skill still has them. */
  again?: Pick<ExecutionRow, "execution_id" | "inputs">;
  actor: string;
  idempotency_key?: string | undefined;
  operation: string;
};

/**
 * Accepts an execution of the skill's active revision; undefined when there is no such skill. Refused inputs create nothing. Without a key that may
 * have been used, it is decided on what was read, and written only where the skill still has that revision.
 */
export async function createExecution(context: Context, request: ExecutionRequest): Promise<Accepted | undefined> {
  const { db } = context;
  if (request.idempotency_key === undefined) {
    try {
      return await makeExecution(db, context, request);
    } catch (error) {
      if (!isRefusedByConstraint(error)) throw error;
      const made = request.id === undefined ? undefined : await findExecution(db, request.id);
      if (made !== undefined) return { execution: toExecution(made), jobs: jobsOf(made) };
      // The skill has another active revision by now, or none.
    }
  }
  return db.transaction().execute((trx) => makeExecution(trx, context, request));
}

async function makeExecution(db: Db, context: Context, request: ExecutionRequest): Promise<Accepted | undefined> {
  const execution_id = request.id ?? context.newId();
  const keyed = {
    actor: request.actor,
    operation: request.operation,
    key: request.idempotency_key,
    body: { ...request.again?.inputs, ...request.inputs },
    made_id: execution_id,
  };
  const first = await takeIdempotencyKey<Execution>(db, keyed);
  if (first !== undefined) {
    const execution = await mustFind(db, first.made_id);
    const jobs = first.made_id === request.id ? jobsOf(execution) : [];
    return { execution: first.answer ?? toExecution(execution), jobs };
  }

  const checked = await checkExecution(db, request);
  if (checked === undefined) return undefined;
  const { inputs_schema: _inputs_schema, ...wanted } = checked;
  const rerun_of = request.again?.execution_id;
  const ordered = { ...wanted, execution_id, requested_by: request.actor, rerun_of };
  const made = await insertExecution(db, ordered, context);
  const execution = toExecution(made.execution);
  await keepFirstAnswer(db, keyed, execution);
  return { execution, jobs: made.jobs };
}

/**
 * What an execution of the skill's active revision would be; undefined when there is no such skill.
 *
 * @throws HttpProblem wrong_state when the skill is not active, refused when the inputs do not fit
 */
export async function checkExecution(
  db: Db,
  { skill_name, inputs, again }: Pick<ExecutionRequest, "skill_name" | "inputs" | "again">,
) {
  const skill = await activeRevision(db, skill_name);
  if (skill === undefined) return undefined;
  const { id: skill_id, revision_id, revision, commit_hash, concurrency } = skill;
  if (revision_id === null || commit_hash === null) {
    const detail = `${skill_name} is ${skill.status}, so it cannot be executed. Only an active skill can.`;
    throw new HttpProblem("wrong_state", detail);
  }
  const known = new Set(Object.keys(skill.inputs_schema.properties ?? {}));
  const inherited = Object.entries(again?.inputs ?? {}).filter(([name]) => known.has(name));
  const checked = checkInputs(skill.inputs_schema, { ...Object.fromEntries(inherited), ...inputs });
  if (!checked.ok) {
    throw new HttpProblem("refused", "The inputs do not fit the skill's schema.", { errors: checked.errors });
  }
  const { inputs_schema } = skill;
  return {
    skill_id,
    revision_id,
    skill_name,
    revision,
    commit_hash,
    concurrency,
    inputs: checked.inputs,
    inputs_schema,
  };
}

/** The skill with its active revision if it has one; in a transaction share-locked, so that it is not archived meanwhile. */
async function activeRevision(db: Db, name: string) {
  if (db.isTransaction) await shareSkills(db, [name]);
  return db
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
      "active.concurrency",
    ])
    .where("skills.name", "=", name)
    .executeTakeFirst();
}

async function mustFind(db: Db, execution_id: string): Promise<ExecutionRow> {
  const execution = await findExecution(db, execution_id);
  if (execution === undefined) throw new Error(`execution ${execution_id} is gone`);
  return execution;
}
