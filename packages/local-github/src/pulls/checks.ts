import type { Github } from "../github.ts";
import type { CheckRun, Job, Repository } from "../state/documents.ts";
import { htmlUrl } from "../view/urls.ts";

/** The newest check of each name at a commit: those reported by the API and those of jobs. */
export function latestChecks(github: Github, repository: Repository, sha: string): CheckRun[] {
  const reported = github.state.check_runs.find({ where: { repository_id: repository.id, head_sha: sha } });
  const newest = new Map<string, CheckRun>();
  for (const check of [...reported, ...jobChecks(github, repository, sha)]) newest.set(check.name, check);
  return [...newest.values()];
}

/** The check runs that the jobs of runs at a commit stand for: same id as the job. */
function jobChecks(github: Github, repository: Repository, sha: string): CheckRun[] {
  const runs = github.state.runs.find({ where: { repository_id: repository.id, head_sha: sha } });
  return runs.flatMap((run) =>
    github.state.jobs
      .find({ where: { run_id: run.id, run_attempt: run.run_attempt } })
      .map((job) => checkOfJob(github, repository, job)),
  );
}

export function checkOfJob(github: Github, repository: Repository, job: Job): CheckRun {
  return {
    id: job.id,
    repository_id: repository.id,
    head_sha: job.head_sha,
    name: job.name,
    status: job.status === "completed" || job.status === "in_progress" ? job.status : "queued",
    conclusion: job.conclusion,
    external_id: "",
    details_url: htmlUrl(github, repository, `/actions/runs/${job.run_id}/job/${job.id}`),
    started_at: job.started_at ?? job.created_at,
    completed_at: job.completed_at,
    output: { title: null, summary: job.summary === "" ? null : job.summary, text: null },
  };
}
