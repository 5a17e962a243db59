import type { Job } from "@infraskill/contracts/queues";
import type { Concurrency } from "@infraskill/contracts/skill";
import { type QueryCreator, type RawBuilder, sql } from "kysely";
import { auditOf } from "../audit/store.ts";
import type { Db } from "../database/connect.ts";
import type { Database, ExecutionRow } from "../database/schema.ts";
import { jobsOf } from "./owed-by.ts";
import { searchWords } from "./search.ts";
import { giveSlots, isLimited, limitsOf, slotTaken } from "./slots.ts";
import type { Terms } from "./terms.ts";

export type NewExecution = {
  /** Drawn by Postgres when absent. */
  execution_id?: string;
  task_id?: string;
  /** The execution that this one repeats. */
  rerun_of?: string | undefined;
  skill_id: number;
  revision_id: number;
  skill_name: string;
  revision: number;
  commit_hash: string;
  concurrency: Concurrency | null;
  /** Checked against the revision's schema. */
  inputs: Record<string, unknown>;
  requested_by: string;
};

/** Its skill may be looked up by the statement that writes it. */
type ExecutionToWrite = Omit<NewExecution, "skill_id"> & { skill_id: number | RawBuilder<number> };

/**
 * A queued execution and the first line of its history. It owes its dispatch at once, or, where a limit is reached, once it gets a slot. The jobs
 * are its own and those of executions that got a slot before it.
 * @throws for a row without a skill when the revision is not the skill's active one
 */
export async function insertExecution(
  db: Db,
  given: NewExecution,
  terms: Terms,
): Promise<{ execution: ExecutionRow; jobs: Job[] }> {
  const { skill_id, revision, skill_name, concurrency, inputs } = given;
  const limited = isLimited(limitsOf(skill_name, concurrency, inputs), terms);
  // Nobody may see it wait before it was seen to, else somebody else gives it its slot.
  if (limited && !db.isTransaction) return db.transaction().execute((trx) => insertExecution(trx, given, terms));
  const skill = sql<number>`(select id from skills where id = ${skill_id} and revision = ${revision} and status = 'active')`;
  const inserting = withExecution(db, { ...given, skill_id: skill }, terms);
  const execution = await inserting.selectFrom("made").selectAll().executeTakeFirstOrThrow();
  if (!limited) return { execution, jobs: jobsOf(execution) };
  const given_now = await giveSlots(db, terms);
  const started = given_now.rows.find((row) => row.execution_id === execution.execution_id);
  return { execution: started ?? execution, jobs: given_now.jobs };
}

/** A queued execution and the first line of its history as parts of a statement. One that is limited has no slot yet. */
export function withExecution(
  query: QueryCreator<Database>,
  { execution_id, inputs, concurrency, rerun_of, ...given }: ExecutionToWrite,
  terms: Terms,
) {
  const limits = limitsOf(given.skill_name, concurrency, inputs);
  const limited = isLimited(limits, terms);
  const audit = auditOf("made", "execution_id", {
    actor: given.requested_by,
    kind: "execution",
    action: "requested",
    from_status: null,
    detail: {
      skill: given.skill_name,
      revision: given.revision,
      ...(given.task_id === undefined ? {} : { task_id: given.task_id }),
      ...(rerun_of === undefined ? {} : { rerun_of }),
    },
  });
  return query
    .with("made", (cte) =>
      cte
        .insertInto("skill_executions")
        .values({
          ...given,
          repository_id: sql<number>`(select repository_id from skill_revisions where id = ${given.revision_id})`,
          execution_id: execution_id ?? sql<string>`gen_random_uuid()::varchar`,
          status: "queued",
          ...limits,
          ...(limited ? {} : slotTaken(terms)),
          inputs: JSON.stringify(inputs),
        })
        .returningAll(),
    )
    .with("made_searchable", (cte) =>
      cte
        .insertInto("execution_search")
        .columns(["execution_id", "inputs", "words"])
        .expression((eb) => eb.selectFrom("made").select(["execution_id", "inputs", searchWords.as("words")])),
    )
    .with("made_told", (cte) => cte.insertInto("audit_events").columns(audit.columns).expression(audit.lines));
}
