import { diffFiles, diffText } from "../../git/diff.ts";
import { commitsBetween, mergeBase } from "../../git/history.ts";
import { editPull, type PullEdit } from "../../pulls/edit-pull.ts";
import { mergePull, type MergeMethod } from "../../pulls/merge-pull.ts";
import { openPull } from "../../pulls/open-pull.ts";
import type { Pull, Review } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { viewUser } from "../../view/account.ts";
import { viewCommit, viewFile } from "../../view/commit.ts";
import { viewPull, viewPullSimple } from "../../view/pull.ts";
import { htmlUrl, nodeId, repoUrl } from "../../view/urls.ts";
import { needString, readBoolean, readString } from "../body.ts";
import { HttpError, invalidRequest, notFound, unprocessable, validationFailed } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";

const base = "/repos/:owner/:repo/pulls";

export const pullRoutes: Route[] = [
  {
    method: "GET",
    path: base,
    needs: "pull_requests=read",
    doc: "rest/pulls/pulls#list-pull-requests",
    handle: listPulls,
  },
  {
    method: "POST",
    path: base,
    needs: "pull_requests=write",
    doc: "rest/pulls/pulls#create-a-pull-request",
    handle: create,
  },
  {
    method: "GET",
    path: `${base}/:number`,
    needs: "pull_requests=read",
    doc: "rest/pulls/pulls#get-a-pull-request",
    handle: get,
  },
  {
    method: "PATCH",
    path: `${base}/:number`,
    needs: "pull_requests=write",
    doc: "rest/pulls/pulls#update-a-pull-request",
    handle: update,
  },
  {
    method: "GET",
    path: `${base}/:number/files`,
    needs: "pull_requests=read",
    doc: "rest/pulls/pulls#list-pull-requests-files",
    handle: files,
  },
  {
    method: "GET",
    path: `${base}/:number/commits`,
    needs: "pull_requests=read",
    doc: "rest/pulls/pulls#list-commits-on-a-pull-request",
    handle: commits,
  },
  {
    method: "GET",
    path: `${base}/:number/merge`,
    needs: "pull_requests=read",
    doc: "rest/pulls/pulls#check-if-a-pull-request-has-been-merged",
    handle: (context) => {
      if (!pullOf(context).merged) throw notFound();
      return { status: 204 };
    },
  },
  {
    method: "PUT",
    path: `${base}/:number/merge`,
    needs: "contents=write",
    doc: "rest/pulls/pulls#merge-a-pull-request",
    handle: merge,
  },
  {
    method: "GET",
    path: `${base}/:number/reviews`,
    needs: "pull_requests=read",
    doc: "rest/pulls/reviews#list-reviews-for-a-pull-request",
    handle: reviews,
  },
  {
    method: "POST",
    path: `${base}/:number/reviews`,
    needs: "pull_requests=write",
    doc: "rest/pulls/reviews#create-a-review-for-a-pull-request",
    handle: review,
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/commits/:sha/pulls",
    needs: "pull_requests=read",
    doc: "rest/commits/commits#list-pull-requests-associated-with-a-commit",
    handle: (context) => {
      const { github, repository, params } = context;
      const sha = params["sha"] ?? "";
      const found = github.state.pulls
        .find({ where: { repository_id: repository.id }, order: "number desc" })
        .filter((pull) => pull.head_sha === sha || pull.merge_commit_sha === sha);
      return list(
        context,
        found.map((pull) => viewPullSimple(github, repository, pull)),
        found.length,
      );
    },
  },
];

/** The pull request a path names; 404 when there is none. */
export function pullOf({ github, repository, params }: Pick<Context, "github" | "repository" | "params">): Pull {
  const number = Number(params["number"]);
  const pull = Number.isInteger(number)
    ? github.state.pulls.first({ repository_id: repository.id, number })
    : undefined;
  if (pull === undefined) throw notFound();
  return pull;
}

function listPulls(context: Context): Answer {
  const { github, repository, query, page } = context;
  const state = query["state"] ?? "open";
  if (!["open", "closed", "all"].includes(state))
    throw validationFailed({ resource: "PullRequest", field: "state", code: "invalid" });
  const where: Record<string, string | number> = { repository_id: repository.id };
  if (state !== "all") where["state"] = state;
  if (query["base"] !== undefined) where["base_ref"] = query["base"];
  const head = query["head"];
  if (head !== undefined && head.includes(":")) {
    const [owner, branch] = [head.slice(0, head.indexOf(":")), head.slice(head.indexOf(":") + 1)];
    if (owner.toLowerCase() !== repository.owner.toLowerCase()) return list(context, [], 0);
    where["head_ref"] = branch;
  }
  const direction = query["direction"] ?? (query["sort"] === undefined || query["sort"] === "created" ? "desc" : "asc");
  const order = `${query["sort"] === "updated" ? "updated_at" : "number"} ${direction === "asc" ? "asc" : "desc"}`;
  const total = github.state.pulls.count({ where });
  const pulls = github.state.pulls.find({ where, order, limit: page.per_page, offset: page.offset });
  return list(
    context,
    pulls.map((pull) => viewPullSimple(github, repository, pull)),
    total,
  );
}

async function create(context: Context): Promise<Answer> {
  const { github, repository, body, actor } = context;
  const head = needString(body, "head");
  const base_ref = needString(body, "base");
  const title = readString(body, "title");
  if (title === undefined || title.trim() === "") {
    throw validationFailed({ resource: "PullRequest", field: "title", code: "missing_field" });
  }
  const pull = await openPull(
    github,
    repository,
    { title, body: readString(body, "body") ?? null, head, base: base_ref, draft: readBoolean(body, "draft") ?? false },
    actor,
  );
  const view = await viewPull(github, repository, pull);
  return { status: 201, body: view, headers: { location: view.url } };
}

async function get(context: Context): Promise<Answer> {
  const { github, repository, git, accept } = context;
  const pull = pullOf(context);
  if (accept.includes("diff") || accept.includes("patch")) {
    const origin = await mergeBase(git, pull.base_sha, pull.head_sha);
    const headers = {
      "content-type": `application/vnd.github.${accept.includes("diff") ? "diff" : "patch"}; charset=utf-8`,
    };
    return { status: 200, body: await diffText(git, origin ?? pull.base_sha, pull.head_sha), headers };
  }
  return { status: 200, body: await viewPull(github, repository, pull) };
}

async function update(context: Context): Promise<Answer> {
  const { github, repository, body, actor } = context;
  const pull = pullOf(context);
  const state = readString(body, "state");
  if (state !== undefined && state !== "open" && state !== "closed") {
    throw validationFailed({ resource: "PullRequest", field: "state", code: "invalid" });
  }
  const title = readString(body, "title");
  const base_ref = readString(body, "base");
  const edit: PullEdit = {
    ...(title === undefined ? {} : { title }),
    ...(body["body"] === undefined ? {} : { body: readString(body, "body") ?? null }),
    ...(base_ref === undefined ? {} : { base: base_ref }),
    ...(state === undefined ? {} : { state }),
  };
  const edited = await editPull(github, repository, pull, edit, actor);
  return { status: 200, body: await viewPull(github, repository, edited) };
}

async function files(context: Context): Promise<Answer> {
  const { github, repository, git, page } = context;
  const pull = pullOf(context);
  const origin = (await mergeBase(git, pull.base_sha, pull.head_sha)) ?? pull.base_sha;
  const all = await diffFiles(git, origin, pull.head_sha);
  const shown = all.slice(page.offset, page.offset + page.per_page);
  return list(
    context,
    shown.map((file) => viewFile(github, repository, pull.head_sha, file)),
    all.length,
  );
}

async function commits(context: Context): Promise<Answer> {
  const { github, repository, git, page } = context;
  const pull = pullOf(context);
  const origin = (await mergeBase(git, pull.base_sha, pull.head_sha)) ?? pull.base_sha;
  const all = await commitsBetween(git, origin, pull.head_sha);
  const views = [];
  for (const sha of all.slice(page.offset, page.offset + page.per_page)) {
    const commit = await git.commit(sha);
    if (commit !== undefined) views.push(viewCommit(github, repository, commit));
  }
  return list(context, views, all.length);
}

async function merge(context: Context): Promise<Answer> {
  const { github, repository, body, actor } = context;
  const pull = pullOf(context);
  const method = readString(body, "merge_method") ?? "merge";
  if (!["merge", "squash", "rebase"].includes(method)) {
    throw invalidRequest(
      `For 'properties/merge_method', "${method}" is not one of the allowed values: merge, squash, rebase.`,
    );
  }
  const title = readString(body, "commit_title");
  const message = readString(body, "commit_message");
  const sha = readString(body, "sha");
  const outcome = await mergePull(
    github,
    repository,
    pull.number,
    {
      method: method as MergeMethod,
      ...(title === undefined ? {} : { title }),
      ...(message === undefined ? {} : { message }),
      ...(sha === undefined ? {} : { expected_head: sha }),
    },
    actor,
  );
  if (!outcome.ok) throw new HttpError(outcome.status, outcome.message);
  return { status: 200, body: { sha: outcome.sha, merged: true, message: "Pull Request successfully merged" } };
}

function reviews(context: Context): Answer {
  const { github, repository, page } = context;
  const pull = pullOf(context);
  const where = { repository_id: repository.id, pull_number: pull.number };
  const found = github.state.reviews.find({ where, limit: page.per_page, offset: page.offset });
  return list(
    context,
    found.map((one) => viewReview(context, pull, one)),
    github.state.reviews.count({ where }),
  );
}

function review(context: Context): Answer {
  const { github, repository, body, actor } = context;
  const pull = pullOf(context);
  const event = readString(body, "event") ?? "COMMENT";
  const states = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;
  const state = states[event as keyof typeof states] as Review["state"] | undefined;
  if (state === undefined) throw unprocessable("Unprocessable Entity");
  if (state === "APPROVED" && pull.user === actor) {
    throw new HttpError(422, "Unprocessable Entity", { errors: ["Review Can not approve your own pull request"] });
  }
  const text = readString(body, "body") ?? "";
  if (state === "CHANGES_REQUESTED" && text === "")
    throw new HttpError(422, "Unprocessable Entity", { errors: ["Review body is required"] });
  const created = github.state.reviews.put({
    id: github.state.next("reviews", 80_001),
    repository_id: repository.id,
    pull_number: pull.number,
    user: actor,
    state,
    body: text,
    commit_id: readString(body, "commit_id") ?? pull.head_sha,
    submitted_at: timestamp(),
  });
  return { status: 200, body: viewReview(context, pull, created) };
}

function viewReview({ github, repository }: Context, pull: Pull, one: Review) {
  const html = htmlUrl(github, repository, `/pull/${pull.number}#pullrequestreview-${one.id}`);
  const pull_url = repoUrl(github, repository, `/pulls/${pull.number}`);
  return {
    id: one.id,
    node_id: nodeId("PRR", one.id),
    user: viewUser(github, one.user),
    body: one.body,
    state: one.state,
    html_url: html,
    pull_request_url: pull_url,
    author_association: one.user === repository.owner ? "OWNER" : "COLLABORATOR",
    _links: { html: { href: html }, pull_request: { href: pull_url } },
    submitted_at: one.submitted_at,
    commit_id: one.commit_id,
  };
}
