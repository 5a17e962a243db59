import type { JobRun } from "@infraskill/contracts/execution";
import type { Github } from "@infraskill/github/github";
import { attempt, type Failure } from "@infraskill/github/outcome";

/** What GitHub writes at a job it cancelled because `timeout-minutes` had passed. Nothing else tells that from a person's cancel. */
const TIME_LIMIT = /exceeded the maximum execution time/i;

/**
 * Why a run ended as cancelled. A job is its own check run, and the check run has the annotations. Where the credential may not read them, a person
 * is assumed. https://docs.github.com/rest/checks/runs#list-check-run-annotations
 */
export async function readCancelCause(
  { octokit, repository }: Github,
  jobs: readonly JobRun[],
): Promise<"time_limit" | "person" | Failure> {
  for (const { job_id, conclusion } of jobs) {
    if (conclusion !== "cancelled" && conclusion !== "failure" && conclusion !== "timed_out") continue;
    const listed = await attempt(() =>
      octokit.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", {
        ...repository,
        check_run_id: job_id,
        per_page: 100,
      }),
    );
    if (listed.kind === "refused") continue;
    if (listed.kind !== "ok") return listed;
    if (listed.data.some(({ message }) => TIME_LIMIT.test(message ?? ""))) return "time_limit";
  }
  return "person";
}
