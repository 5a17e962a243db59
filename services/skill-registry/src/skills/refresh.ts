import { skillStatuses, type SkillStatus } from "@infraskill/contracts/skill";
import { closingRevisionStatuses, type RevisionStatus } from "@infraskill/contracts/revision-machine";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { RevisionRow, SkillRow } from "../database/schema.ts";

/**
 * Makes a skill's row show its active revision, else its newest, after a revision changed; in the same transaction. Status and fields are always those
 * of one revision. A drifted one counts like any other that is not active: a newer one on its way shows instead of it.
 */
export async function refreshSkill(trx: Db, skill_id: number): Promise<SkillRow> {
  const revisions = trx.selectFrom("skill_revisions").where("skill_id", "=", skill_id);
  const newest = await revisions
    .select(["revision", "status"])
    .orderBy("revision", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  const shown = await revisions
    .selectAll()
    .orderBy(shownFirst)
    .orderBy("revision", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return trx
    .updateTable("skills")
    .set((eb) => ({
      ...shownFields(shown),
      status: statusOf(shown),
      newest_revision: newest.revision,
      awaits_approval: newest.status === "pending_approval",
      version: eb("version", "+", 1),
    }))
    .where("id", "=", skill_id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The active one, then what is not given up, then what is retired. */
const shownFirst = sql`case
  when status = 'active' then 0
  when status not in (${literals(["superseded", ...closingRevisionStatuses, "archived"])}) then 1
  when status in (${literals(["archived", "retiring"])}) then 2
  else 3 end`;

function literals(statuses: readonly RevisionStatus[]) {
  return sql.join(statuses.map((status) => sql.lit(status)));
}

function shownFields(row: RevisionRow) {
  return {
    revision: row.revision,
    description: row.description,
    category: row.category,
    inputs_schema: JSON.stringify(row.inputs_schema),
    outputs_schema: JSON.stringify(row.outputs_schema),
    concurrency: row.concurrency === null ? null : JSON.stringify(row.concurrency),
    yaml_content: row.yaml_content,
    pr_number: row.pr_number,
    pr_url: row.pr_url,
    commit_hash: row.commit_hash,
    validation_errors: row.diagnostics === null ? null : JSON.stringify(row.diagnostics),
    new_findings: row.new_findings === null ? null : JSON.stringify(row.new_findings),
    failure: row.failure,
    approved_at: row.approved_at,
  };
}

function statusOf({ status }: { status: RevisionStatus }): SkillStatus {
  const known = status === "retiring" ? "archived" : skillStatuses.find((name) => name === status);
  if (known === undefined) throw new Error(`a skill's newest revision cannot be ${status}`);
  return known;
}
