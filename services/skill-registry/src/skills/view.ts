import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import type { Revision, Skill } from "@infraskill/contracts/skill";
import type { ExecutionRow, RevisionRow, SkillRow } from "../database/schema.ts";

export type LastExecution = Pick<ExecutionRow, "execution_id" | "status" | "completed_at">;

/** A skill as the API tells it. */
export function toSkill(row: SkillRow, pending: RevisionRow | undefined, last: LastExecution | undefined): Skill {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    category: row.category,
    status: row.status,
    revision: row.revision,
    inputs_schema: row.inputs_schema,
    outputs_schema: row.outputs_schema,
    concurrency: row.concurrency,
    yaml_content: row.yaml_content,
    github_path: row.github_path,
    pr_number: row.pr_number,
    pr_url: row.pr_url,
    commit_hash: row.commit_hash,
    validation_errors: row.validation_errors === null ? null : (JSON.parse(row.validation_errors) as Diagnostic[]),
    new_findings: row.new_findings,
    failure: row.failure,
    pending_revision: pending === undefined ? null : toRevision(pending),
    created_at: row.created_at.toISOString(),
    approved_at: row.approved_at?.toISOString() ?? null,
    created_by: row.created_by,
    last_execution:
      last === undefined
        ? null
        : {
            execution_id: last.execution_id,
            status: last.status,
            completed_at: last.completed_at?.toISOString() ?? null,
          },
  };
}

export function toRevision(row: RevisionRow): Revision {
  return {
    revision: row.revision,
    status: row.status,
    description: row.description,
    category: row.category,
    inputs_schema: row.inputs_schema,
    outputs_schema: row.outputs_schema,
    concurrency: row.concurrency,
    yaml_content: row.yaml_content,
    hash: row.hash,
    pr_number: row.pr_number,
    pr_url: row.pr_url,
    commit_hash: row.commit_hash,
    validation_errors: row.diagnostics,
    new_findings: row.new_findings,
    failure: row.failure,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    approved_at: row.approved_at?.toISOString() ?? null,
  };
}
