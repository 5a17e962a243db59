import type { Github } from "../github.ts";
import type { CheckRun, Repository } from "../state/documents.ts";
import { viewUser } from "./account.ts";
import { viewPullLink } from "./pull.ts";
import { htmlUrl, nodeId, repoUrl } from "./urls.ts";

/** `check-run` */
export function viewCheckRun(github: Github, repository: Repository, check: CheckRun) {
  const url = repoUrl(github, repository, `/check-runs/${check.id}`);
  const pulls = github.state.pulls.find({ where: { repository_id: repository.id, state: "open" } });
  return {
    id: check.id,
    node_id: nodeId("CR", check.id),
    head_sha: check.head_sha,
    external_id: check.external_id,
    url,
    html_url: check.details_url ?? htmlUrl(github, repository, `/runs/${check.id}`),
    details_url: check.details_url ?? htmlUrl(github, repository, `/runs/${check.id}`),
    status: check.status,
    conclusion: check.conclusion,
    started_at: check.started_at,
    completed_at: check.completed_at,
    output: { ...check.output, annotations_count: 0, annotations_url: `${url}/annotations` },
    name: check.name,
    check_suite: { id: check.id },
    app: {
      id: 15368,
      slug: "github-actions",
      node_id: nodeId("A", 15368),
      client_id: "Iv1.local0000000actions",
      owner: viewUser(github, "github"),
      name: "GitHub Actions",
      description: "Automate your workflow from idea to production",
      external_url: `${github.url}/`,
      html_url: `${github.url}/apps/github-actions`,
      created_at: repository.created_at,
      updated_at: repository.created_at,
      permissions: { actions: "write", checks: "write", contents: "write", metadata: "read" },
      events: ["push", "pull_request", "workflow_dispatch"],
    },
    pull_requests: pulls
      .filter((pull) => pull.head_sha === check.head_sha)
      .map((pull) => viewPullLink(github, repository, pull)),
  };
}
