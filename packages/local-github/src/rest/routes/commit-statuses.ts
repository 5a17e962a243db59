import { newestStatuses } from "../../pulls/commit-statuses.ts";
import type { CommitStatus } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { viewCommitStatus, viewSimpleStatus } from "../../view/commit-status.ts";
import { viewRepository } from "../../view/repository.ts";
import { repoUrl } from "../../view/urls.ts";
import { needString, readString } from "../body.ts";
import { unprocessable } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";

const states = ["error", "failure", "pending", "success"] as const;
const longest_description = 140;

export const commitStatusRoutes: Route[] = [
  {
    method: "POST",
    path: "/repos/:owner/:repo/statuses/:sha",
    needs: "statuses=write",
    doc: "rest/commits/statuses#create-a-commit-status",
    handle: create,
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/commits/:ref/statuses",
    needs: "statuses=read",
    doc: "rest/commits/statuses#list-commit-statuses-for-a-reference",
    handle: async (context) => {
      const { github, repository, page } = context;
      const sha = await commitOf(context, "ref");
      const all = github.state.commit_statuses
        .find({ where: { repository_id: repository.id, sha } })
        .toReversed()
        .map((status) => viewCommitStatus(github, repository, status));
      return list(context, all.slice(page.offset, page.offset + page.per_page), all.length);
    },
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/commits/:ref/status",
    needs: "statuses=read",
    doc: "rest/commits/statuses#get-the-combined-status-for-a-specific-reference",
    handle: async (context) => {
      const { github, repository } = context;
      const sha = await commitOf(context, "ref");
      const statuses = newestStatuses(github, repository, sha);
      return {
        status: 200,
        body: {
          state: combined(statuses),
          statuses: statuses.map((status) => viewSimpleStatus(github, repository, status)),
          sha,
          total_count: statuses.length,
          repository: viewRepository(github, repository),
          commit_url: repoUrl(github, repository, `/commits/${sha}`),
          url: repoUrl(github, repository, `/commits/${sha}/status`),
        },
      };
    },
  },
];

async function create(context: Context): Promise<Answer> {
  const { github, repository, body, actor } = context;
  const sha = await commitOf(context, "sha");
  const state = states.find((one) => one === needString(body, "state"));
  if (state === undefined) throw unprocessable("Validation Failed");
  const description = readString(body, "description") ?? null;
  if (description !== null && description.length > longest_description)
    throw unprocessable("Validation Failed: description is too long (maximum is 140 characters)");
  const status = github.state.commit_statuses.put({
    id: github.state.next("commit_statuses"),
    repository_id: repository.id,
    sha,
    state,
    context: readString(body, "context") ?? "default",
    description,
    target_url: readString(body, "target_url") ?? null,
    creator: actor,
    created_at: timestamp(),
  });
  const view = viewCommitStatus(github, repository, status);
  return { status: 201, body: view, headers: { location: view.url } };
}

async function commitOf({ git, params }: Context, name: "ref" | "sha"): Promise<string> {
  const sha = await git.resolveCommit(params[name] ?? "");
  if (sha === undefined) throw unprocessable(`No commit found for SHA: ${params[name]}`);
  return sha;
}

/** https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference */
function combined(statuses: readonly CommitStatus[]): "failure" | "pending" | "success" {
  if (statuses.some(({ state }) => state === "error" || state === "failure")) return "failure";
  return statuses.length === 0 || statuses.some(({ state }) => state === "pending") ? "pending" : "success";
}
