import { revisionBranch } from "@infraskill/contracts/skill";

export type Pull = { number: number; html_url: string; created_at: string; head_sha: string; branch: string };

/** GitHub's clock and the database's may differ by this much. */
const CLOCK_MARGIN_MS = 5 * 60_000;

/**
 * The newest pull request that can be this revision's: from its branch, and not from before the revision was written (a repository may outlive
 * the database that named its branches).
 */
export function choosePull(
  pulls: readonly Pull[],
  revision: { skill_name: string; revision: number; created_at: string },
): Pull | undefined {
  const branch = revisionBranch(revision.skill_name, revision.revision);
  const since = Date.parse(revision.created_at) - CLOCK_MARGIN_MS;
  return pulls
    .filter((pull) => pull.branch === branch && Date.parse(pull.created_at) >= since)
    .reduce<Pull | undefined>(
      (newest, pull) => (newest === undefined || pull.number > newest.number ? pull : newest),
      undefined,
    );
}
