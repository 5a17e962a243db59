import { revisionTag, skillPath } from "@infraskill/contracts/skill";
import type { RunClaims } from "@infraskill/contracts/worker-events";
import type { ExecutionRow } from "../database/schema.ts";

/**
 * Whether a run's proved claims fit the execution: its repository by name and id, its workflow file, its tag, its commit. Answers what does
 * not fit, or undefined. Claims: https://docs.github.com/en/actions/reference/security/oidc
 */
export function misfitOf(
  row: Pick<ExecutionRow, "skill_name" | "revision" | "commit_hash" | "repository_id">,
  repository: string,
  claims: RunClaims,
): string | undefined {
  const ref = `refs/tags/${revisionTag(row.skill_name, row.revision)}`;
  const workflow_ref = `${repository}/${skillPath(row.skill_name)}@${ref}`;
  if (claims.repository.toLowerCase() !== repository.toLowerCase()) return "The run is of another repository.";
  if (row.repository_id !== null && claims.repository_id !== String(row.repository_id))
    return "The run is of another repository that has the same name now.";
  if (claims.event_name !== "workflow_dispatch") return "The run was not dispatched.";
  if (claims.workflow_ref.toLowerCase() !== workflow_ref.toLowerCase()) return "The run is of another workflow or ref.";
  if (claims.ref !== ref) return "The run is of another ref.";
  if (claims.sha !== row.commit_hash) return "The run is of another commit.";
  return undefined;
}
