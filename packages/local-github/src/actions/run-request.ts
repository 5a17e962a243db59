import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createToken } from "../auth/tokens.ts";
import { gitDir, gitOf, type Github } from "../github.ts";
import type { JobRecord, RunRequest } from "../runner/types.ts";
import { parseWorkflow } from "../runner/workflow/parse.ts";
import { default_permissions } from "../runner/workflow/permissions.ts";
import type { Permissions, Repository, Run } from "../state/documents.ts";
import { apiUrl } from "../view/urls.ts";

type Inputs = Record<string, string | boolean | number>;

/** The part of the runner's request that expressions can see: no tokens, no folders. */
export function describeRun(
  github: Github,
  repository: Repository,
  run: Run,
  text: string,
  inputs: Inputs,
): RunRequest {
  return {
    workflow_text: text,
    workflow_path: run.workflow_path,
    repository: {
      id: repository.id,
      full_name: `${repository.owner}/${repository.name}`,
      owner: repository.owner,
      owner_id: repository.owner_id,
      default_branch: repository.default_branch,
      git_dir: gitOf(github, repository).git_dir,
      private: repository.private,
    },
    ref: run.ref,
    sha: run.head_sha,
    event_name: run.event,
    event: JSON.parse(github.state.text("run", run.id) ?? "{}") as Record<string, unknown>,
    inputs,
    run: { id: run.id, number: run.run_number, attempt: run.run_attempt },
    actor: run.actor,
    triggering_actor: run.triggering_actor,
    server_url: github.url,
    api_url: apiUrl(github),
    graphql_url: `${github.url}/api/graphql`,
    github_token: "",
    vars: repository.vars,
    secrets: repository.secrets,
    oidc: null,
    work_dir: workFolder(github),
    limits: github.config.limits ?? {},
    ...(github.stand_in?.workflow === run.workflow_path ? { stand_in: github.stand_in } : {}),
    next_job_id: () => github.state.next("jobs", 40_000_001),
    git_dir_of: (full_name) => {
      const other = github.state.repositories.first({ key: full_name.toLowerCase() });
      return other === undefined ? undefined : gitDir(github, other.id);
    },
  };
}

/** Adds what only a starting run has: its tokens and its right to ask for an identity. */
export function armRun(github: Github, repository: Repository, run: Run, request: RunRequest): RunRequest {
  const parsed = parseWorkflow(request.workflow_text, request.workflow_path);
  const grants = (parsed.ok ? parsed.workflow.permissions : null) ?? default_permissions;
  const token = (permissions: Record<string, string>) =>
    createToken(github, {
      kind: "run",
      login: "github-actions[bot]",
      permissions: tokenPermissions(permissions),
      repository_ids: [repository.id],
      run_id: run.id,
      expires_at: new Date(Date.now() + 24 * 3_600_000).toISOString(),
    });
  return {
    ...request,
    github_token: token(grants),
    github_token_for: (job: JobRecord) => token(job.permissions),
    oidc: {
      request_url: `${github.url}/_services/pipelines/${run.id}/idtoken?api-version=2.0`,
      token_for: (job_key: string) => {
        const grant = randomBytes(32).toString("base64url");
        github.live_runs.oidc_grants.set(grant, {
          run_id: run.id,
          attempt: run.run_attempt,
          job_key,
          environment: null,
        });
        return grant;
      },
    },
  };
}

/** Jobs work below this folder; artifacts stay in it. */
export function workFolder(github: Github): string {
  return join(github.config.data_dir, "work");
}

/** `pull-requests: write` of a file is `pull_requests: write` of a token. */
function tokenPermissions(permissions: Record<string, string>): Permissions {
  const granted: Permissions = { metadata: "read" };
  for (const [name, level] of Object.entries(permissions)) {
    if (level === "read" || level === "write") granted[name.replaceAll("-", "_")] = level;
  }
  return granted;
}
