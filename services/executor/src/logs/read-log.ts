import type { JobRun } from "@infraskill/contracts/execution";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import { download } from "@infraskill/github/download";
import type { Github } from "@infraskill/github/github";
import { hasLog, judgeLog, type LogVerdict } from "./decide.ts";
import { MAX_LOG_BYTES } from "./text.ts";

/** One job's log from GitHub, which has it as soon as the job has ended. */
export async function readLog(
  job: JobRun,
  work: Pick<ExecutionWork, "now" | "completed_at">,
  { octokit, repository }: Github,
): Promise<LogVerdict> {
  if (!hasLog(job) || job.status !== "completed") return { none: true };
  const route = "GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs";
  const outcome = await download(() => octokit.request(route, { ...repository, job_id: job.job_id }), {
    max_bytes: MAX_LOG_BYTES,
  });
  return judgeLog(outcome, job, work);
}
