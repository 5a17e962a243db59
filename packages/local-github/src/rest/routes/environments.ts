import { decideApproval, environmentOf, waitingApprovals } from "../../actions/environments.ts";
import type { Github } from "../../github.ts";
import type { Approval, Environment, Repository, Run } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { viewUser } from "../../view/account.ts";
import { htmlUrl, nodeId, repoUrl } from "../../view/urls.ts";
import { needString, readNumbers, readString } from "../body.ts";
import { HttpError, invalidRequest, notFound, unprocessable } from "../http-error.ts";
import type { Answer, Context, Route } from "../route.ts";
import { counted, runOf } from "./actions.ts";

const repo = "/repos/:owner/:repo";
const one = `${repo}/environments/:environment_name`;
const pending = `${repo}/actions/runs/:run_id/pending_deployments`;

export const environmentRoutes: Route[] = [
  {
    method: "GET",
    path: `${repo}/environments`,
    needs: "actions=read",
    doc: "rest/deployments/environments#list-environments",
    handle: (context) => {
      const { github, repository, page } = context;
      const where = { repository_id: repository.id };
      const found = github.state.environments.find({ where, limit: page.per_page, offset: page.offset });
      const environments = found.map((environment) => viewEnvironment(github, repository, environment));
      return counted(context, github.state.environments.count({ where }), { environments });
    },
  },
  {
    method: "GET",
    path: one,
    needs: "actions=read",
    doc: "rest/deployments/environments#get-an-environment",
    handle: (context) => ({ status: 200, body: viewEnvironment(context.github, context.repository, namedBy(context)) }),
  },
  {
    method: "PUT",
    path: one,
    needs: "administration=write",
    doc: "rest/deployments/environments#create-or-update-an-environment",
    handle: update,
  },
  {
    method: "DELETE",
    path: one,
    needs: "administration=write",
    doc: "rest/deployments/environments#delete-an-environment",
    handle: (context) => {
      context.github.state.environments.delete(namedBy(context).id);
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: pending,
    needs: "actions=read",
    doc: "rest/actions/workflow-runs#get-pending-deployments-for-a-workflow-run",
    handle: (context) => {
      const { github, repository, actor } = context;
      const waiting = waitingApprovals(github, runOf(context));
      return { status: 200, body: waiting.map((approval) => viewPending(github, repository, approval, actor)) };
    },
  },
  {
    method: "POST",
    path: pending,
    needs: "deployments=write",
    doc: "rest/actions/workflow-runs#review-pending-deployments-for-a-workflow-run",
    handle: review,
  },
  {
    method: "GET",
    path: `${repo}/actions/runs/:run_id/approvals`,
    needs: "actions=read",
    doc: "rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run",
    handle: (context) => {
      const { github, repository } = context;
      const decided = github.state.approvals.find({ where: { run_id: runOf(context).id }, and: "state <> 'waiting'" });
      return {
        status: 200,
        body: decided.map((approval) => ({
          state: approval.state,
          comment: approval.comment,
          user: viewUser(github, approval.user ?? "ghost"),
          environments: [viewEnvironment(github, repository, environmentOf(github, repository, approval.environment))],
        })),
      };
    },
  },
];

function update({ github, repository, params, body }: Context): Answer {
  const environment = environmentOf(github, repository, params["environment_name"] ?? "");
  const wanted = body["reviewers"] ?? [];
  if (!Array.isArray(wanted)) throw invalidRequest("For 'properties/reviewers', it is not an array.");
  const reviewers = wanted.map((reviewer: { type?: string; id?: number }) => {
    const account = reviewer.id === undefined ? undefined : github.state.accounts.get(reviewer.id);
    if (account === undefined) throw unprocessable("Validation Failed: a reviewer does not exist");
    return account.login;
  });
  const changed = github.state.environments.put({ ...environment, reviewers, updated_at: timestamp() });
  return { status: 200, body: viewEnvironment(github, repository, changed) };
}

function review(context: Context): Answer {
  const { github, repository, body, actor } = context;
  const run = runOf(context);
  const ids = readNumbers(body, "environment_ids") ?? [];
  const state = needString(body, "state");
  if (state !== "approved" && state !== "rejected") {
    throw invalidRequest(`For 'properties/state', "${state}" is not one of the allowed values: approved, rejected.`);
  }
  const waiting = waitingApprovals(github, run).filter((approval) =>
    ids.includes(environmentOf(github, repository, approval.environment).id),
  );
  if (waiting.length === 0) throw unprocessable("No pending deployment requests to approve or reject");
  for (const approval of waiting) {
    const { reviewers } = environmentOf(github, repository, approval.environment);
    if (!reviewers.includes(actor)) throw new HttpError(403, "You are not a reviewer of this environment.");
    decideApproval(github, approval, state === "approved", actor, readString(body, "comment") ?? "");
  }
  return { status: 200, body: waiting.map((approval) => viewDeployment(github, repository, run, approval)) };
}

function namedBy({ github, repository, params }: Context): Environment {
  const key = (params["environment_name"] ?? "").toLowerCase();
  const environment = github.state.environments.first({ repository_id: repository.id, key });
  if (environment === undefined) throw notFound();
  return environment;
}

function viewEnvironment(github: Github, repository: Repository, environment: Environment) {
  const rule = {
    id: environment.id,
    node_id: nodeId("GA", environment.id),
    type: "required_reviewers",
    prevent_self_review: false,
    reviewers: environment.reviewers.map((login) => ({ type: "User", reviewer: viewUser(github, login) })),
  };
  return {
    ...viewLink(github, repository, environment),
    created_at: environment.created_at,
    updated_at: environment.updated_at,
    protection_rules: environment.reviewers.length === 0 ? [] : [rule],
    deployment_branch_policy: null,
  };
}

function viewLink(github: Github, repository: Repository, environment: Environment) {
  return {
    id: environment.id,
    node_id: nodeId("EN", environment.id),
    name: environment.name,
    url: repoUrl(github, repository, `/environments/${encodeURIComponent(environment.name)}`),
    html_url: htmlUrl(
      github,
      repository,
      `/deployments/activity_log?environments_filter=${encodeURIComponent(environment.name)}`,
    ),
  };
}

function viewPending(github: Github, repository: Repository, approval: Approval, actor: string) {
  const environment = environmentOf(github, repository, approval.environment);
  return {
    environment: viewLink(github, repository, environment),
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: environment.reviewers.includes(actor),
    reviewers: environment.reviewers.map((login) => ({ type: "User", reviewer: viewUser(github, login) })),
  };
}

function viewDeployment(github: Github, repository: Repository, run: Run, approval: Approval) {
  const url = repoUrl(github, repository, `/deployments/${approval.id}`);
  return {
    url,
    id: approval.id,
    node_id: nodeId("DE", approval.id),
    sha: run.head_sha,
    ref: run.head_branch,
    task: "deploy",
    payload: {},
    original_environment: approval.environment,
    environment: approval.environment,
    description: null,
    creator: viewUser(github, run.actor),
    created_at: approval.created_at,
    updated_at: timestamp(),
    statuses_url: `${url}/statuses`,
    repository_url: repoUrl(github, repository),
    transient_environment: false,
    production_environment: false,
    performed_via_github_app: null,
  };
}
