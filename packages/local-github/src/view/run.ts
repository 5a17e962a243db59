import { gitOf, type Github } from "../github.ts";
import type { Job, Repository, Run, Workflow } from "../state/documents.ts";
import { viewUser } from "./account.ts";
import { viewPullLink } from "./pull.ts";
import { viewRepositoryLinks } from "./repository.ts";
import { encodePath, htmlUrl, nodeId, repoUrl } from "./urls.ts";
import { wholeSeconds } from "../time.ts";

/** `workflow-run` */
export async function viewRun(github: Github, repository: Repository, run: Run) {
  const url = repoUrl(github, repository, `/actions/runs/${run.id}`);
  const commit = await gitOf(github, repository).commit(run.head_sha);
  const links = viewRepositoryLinks(github, repository);
  const pulls = github.state.pulls.find({
    where: { repository_id: repository.id, head_ref: run.head_branch, state: "open" },
  });
  return {
    id: run.id,
    name: run.workflow_name,
    node_id: nodeId("WFR", run.id),
    check_suite_id: run.id,
    check_suite_node_id: nodeId("CS", run.id),
    head_branch: run.head_branch,
    head_sha: run.head_sha,
    path: run.workflow_path,
    run_number: run.run_number,
    run_attempt: run.run_attempt,
    display_title: run.display_title,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow_id,
    url,
    html_url: htmlUrl(github, repository, `/actions/runs/${run.id}`),
    pull_requests: pulls
      .filter((pull) => pull.head_sha === run.head_sha)
      .map((pull) => viewPullLink(github, repository, pull)),
    created_at: run.created_at,
    updated_at: run.updated_at,
    actor: viewUser(github, run.actor),
    triggering_actor: viewUser(github, run.triggering_actor),
    run_started_at: run.run_started_at,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: repoUrl(github, repository, `/check-suites/${run.id}`),
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.run_attempt > 1 ? `${url}/attempts/${run.run_attempt - 1}` : null,
    workflow_url: repoUrl(github, repository, `/actions/workflows/${run.workflow_id}`),
    referenced_workflows: [] as never[],
    head_commit: {
      id: run.head_sha,
      tree_id: commit?.tree ?? "",
      message: commit?.message ?? "",
      timestamp: commit?.committer.date ?? run.created_at,
      author: { name: commit?.author.name ?? "", email: commit?.author.email ?? "" },
      committer: { name: commit?.committer.name ?? "", email: commit?.committer.email ?? "" },
    },
    repository: links,
    head_repository: links,
  };
}

/** `job` */
export function viewJob(github: Github, repository: Repository, job: Job) {
  return {
    id: job.id,
    run_id: job.run_id,
    workflow_name: job.workflow_name,
    head_branch: job.head_branch,
    run_url: repoUrl(github, repository, `/actions/runs/${job.run_id}`),
    run_attempt: job.run_attempt,
    node_id: nodeId("CR", job.id),
    head_sha: job.head_sha,
    url: repoUrl(github, repository, `/actions/jobs/${job.id}`),
    html_url: htmlUrl(github, repository, `/actions/runs/${job.run_id}/job/${job.id}`),
    status: job.status,
    conclusion: job.conclusion,
    created_at: wholeSeconds(job.created_at),
    started_at: wholeSeconds(job.started_at ?? job.created_at),
    completed_at: job.completed_at === null ? null : wholeSeconds(job.completed_at),
    name: job.name,
    steps: job.steps.map((step) => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion,
      number: step.number,
      started_at: step.started_at === null ? null : wholeSeconds(step.started_at),
      completed_at: step.completed_at === null ? null : wholeSeconds(step.completed_at),
    })),
    check_run_url: repoUrl(github, repository, `/check-runs/${job.id}`),
    labels: job.labels,
    runner_id: job.runner_id,
    runner_name: job.runner_name,
    runner_group_id: job.runner_name === null ? null : 1,
    runner_group_name: job.runner_name === null ? null : "Default",
  };
}

/** `workflow` */
export function viewWorkflow(github: Github, repository: Repository, workflow: Workflow) {
  return {
    id: workflow.id,
    node_id: nodeId("W", workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: workflow.state,
    created_at: workflow.created_at,
    updated_at: workflow.updated_at,
    url: repoUrl(github, repository, `/actions/workflows/${workflow.id}`),
    html_url: htmlUrl(github, repository, `/blob/${repository.default_branch}/${encodePath(workflow.path)}`),
    badge_url: htmlUrl(github, repository, `/workflows/${encodeURIComponent(workflow.name)}/badge.svg`),
  };
}
