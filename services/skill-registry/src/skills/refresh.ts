import { skillStatuses, type SkillStatus } from "@infraskill/contracts/skill";
import { closingRevisionStatuses, type RevisionStatus } from "@infraskill/contracts/revision-machine";
import type { Db } from "../database/connect.ts";
import type { RevisionRow, SkillRow } from "../database/schema.ts";

/** Makes a skill's row show its active revision, else its newest, after a revision changed; in the same transaction. */
export async function refreshSkill(trx: Db, skill_id: number): Promise<SkillRow> {
  const revisions = await trx
    .selectFrom("skill_revisions")
    .selectAll()
    .where("skill_id", "=", skill_id)
    .orderBy("revision", "desc")
    .limit(50)
    .execute();
  const newest = revisions[0];
  if (newest === undefined) throw new Error(`skill ${skill_id} has no revision`);
  const latest =
    revisions.find(({ status }) => !givenUp.includes(status)) ??
    revisions.find(({ status }) => status === "archived" || status === "retiring") ??
    newest;
  const shown =
    revisions.find(({ status }) => status === "active") ??
    revisions.find(({ status }) => status === "drifted") ??
    latest;
  return trx
    .updateTable("skills")
    .set((eb) => ({
      ...shownFields(shown),
      status: statusOf(shown.status === "active" ? shown : latest),
      newest_revision: newest.revision,
      awaits_approval: newest.status === "pending_approval",
      version: eb("version", "+", 1),
    }))
    .where("id", "=", skill_id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What says nothing about a skill while another revision does. */
const givenUp: readonly RevisionStatus[] = ["superseded", ...closingRevisionStatuses, "archived"];

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
