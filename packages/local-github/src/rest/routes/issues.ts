import type { IssueComment, Pull } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { viewUser } from "../../view/account.ts";
import { labelsOf, viewLabel } from "../../view/pull.ts";
import { htmlUrl, nodeId, repoUrl } from "../../view/urls.ts";
import { emitPull } from "../../pulls/pull-event.ts";
import { needString, readString } from "../body.ts";
import { invalidRequest, notFound, validationFailed } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";
import { pullOf } from "./pulls.ts";

const repo = "/repos/:owner/:repo";
const either = (level: string) => `issues=${level}; pull_requests=${level}`;

export const issueRoutes: Route[] = [
  {
    method: "GET",
    path: `${repo}/issues/:number/comments`,
    needs: either("read"),
    doc: "rest/issues/comments#list-issue-comments",
    handle: (context) => {
      const { github, repository, page } = context;
      const where = { repository_id: repository.id, issue_number: pullOf(context).number };
      const comments = github.state.comments.find({ where, limit: page.per_page, offset: page.offset });
      return list(
        context,
        comments.map((comment) => viewComment(context, comment)),
        github.state.comments.count({ where }),
      );
    },
  },
  {
    method: "POST",
    path: `${repo}/issues/:number/comments`,
    needs: either("write"),
    doc: "rest/issues/comments#create-an-issue-comment",
    handle: (context) => {
      const { github, repository, body, actor } = context;
      const text = needString(body, "body");
      if (text.trim() === "")
        throw validationFailed({ resource: "IssueComment", code: "missing_field", field: "body" });
      const now = timestamp();
      const comment = github.state.comments.put({
        id: github.state.next("comments", 90_001),
        repository_id: repository.id,
        issue_number: pullOf(context).number,
        user: actor,
        body: text,
        created_at: now,
        updated_at: now,
      });
      const view = viewComment(context, comment);
      return { status: 201, body: view, headers: { location: view.url } };
    },
  },
  {
    method: "GET",
    path: `${repo}/issues/comments/:comment_id`,
    needs: either("read"),
    doc: "rest/issues/comments#get-an-issue-comment",
    handle: (context) => ({ status: 200, body: viewComment(context, commentOf(context)) }),
  },
  {
    method: "PATCH",
    path: `${repo}/issues/comments/:comment_id`,
    needs: either("write"),
    doc: "rest/issues/comments#update-an-issue-comment",
    handle: (context) => {
      const changed = { ...commentOf(context), body: needString(context.body, "body"), updated_at: timestamp() };
      return { status: 200, body: viewComment(context, context.github.state.comments.put(changed)) };
    },
  },
  {
    method: "DELETE",
    path: `${repo}/issues/comments/:comment_id`,
    needs: either("write"),
    doc: "rest/issues/comments#delete-an-issue-comment",
    handle: (context) => {
      context.github.state.comments.delete(commentOf(context).id);
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: `${repo}/issues/:number/labels`,
    needs: either("read"),
    doc: "rest/issues/labels#list-labels-for-an-issue",
    handle: (context) => {
      const labels = viewLabels(context, pullOf(context));
      return list(context, labels, labels.length);
    },
  },
  {
    method: "POST",
    path: `${repo}/issues/:number/labels`,
    needs: either("write"),
    doc: "rest/issues/labels#add-labels-to-an-issue",
    handle: addLabels,
  },
  {
    method: "PUT",
    path: `${repo}/issues/:number/labels`,
    needs: either("write"),
    doc: "rest/issues/labels#set-labels-for-an-issue",
    handle: setLabels,
  },
  {
    method: "DELETE",
    path: `${repo}/issues/:number/labels/:name`,
    needs: either("write"),
    doc: "rest/issues/labels#remove-a-label-from-an-issue",
    handle: (context) => {
      const pull = pullOf(context);
      const name = context.params["name"] ?? "";
      if (!pull.labels.includes(name)) throw notFound();
      return changeLabels(
        context,
        pull,
        pull.labels.filter((label) => label !== name),
      );
    },
  },
  {
    method: "GET",
    path: `${repo}/labels`,
    needs: either("read"),
    doc: "rest/issues/labels#list-labels-for-a-repository",
    handle: (context) => {
      const { github, repository, page } = context;
      const where = { repository_id: repository.id };
      const labels = github.state.labels.find({ where, limit: page.per_page, offset: page.offset });
      return list(
        context,
        labels.map((label) => viewLabel(github, repository, label)),
        github.state.labels.count({ where }),
      );
    },
  },
  {
    method: "POST",
    path: `${repo}/labels`,
    needs: either("write"),
    doc: "rest/issues/labels#create-a-label",
    handle: ({ github, repository, body }) => {
      const name = needString(body, "name");
      if (github.state.labels.first({ repository_id: repository.id, name }) !== undefined) {
        throw validationFailed({ resource: "Label", code: "already_exists", field: "name" });
      }
      const label = github.state.labels.put({
        id: github.state.next("labels", 500),
        repository_id: repository.id,
        name,
        color: (readString(body, "color") ?? "ededed").replace(/^#/, ""),
        description: readString(body, "description") ?? null,
      });
      const view = viewLabel(github, repository, label);
      return { status: 201, body: view, headers: { location: view.url } };
    },
  },
  {
    method: "GET",
    path: `${repo}/labels/:name`,
    needs: either("read"),
    doc: "rest/issues/labels#get-a-label",
    handle: ({ github, repository, params }) => {
      const label = github.state.labels.first({ repository_id: repository.id, name: params["name"] ?? "" });
      if (label === undefined) throw notFound();
      return { status: 200, body: viewLabel(github, repository, label) };
    },
  },
];

function addLabels(context: Context): Promise<Answer> {
  const pull = pullOf(context);
  return changeLabels(context, pull, [...new Set([...pull.labels, ...namesOf(context)])]);
}

function setLabels(context: Context): Promise<Answer> {
  return changeLabels(context, pullOf(context), [...new Set(namesOf(context))]);
}

function namesOf({ body }: Context): string[] {
  const items = body["labels"] ?? body["items"];
  if (!Array.isArray(items)) throw invalidRequest(`"labels" wasn't supplied.`);
  return items.map((item: unknown) =>
    typeof item === "string" ? item : ((item as { name?: string } | null)?.name ?? ""),
  );
}

async function changeLabels(context: Context, pull: Pull, labels: string[]): Promise<Answer> {
  const { github, repository, actor } = context;
  const changed = { ...pull, labels, updated_at: timestamp() };
  github.state.pulls.put(changed);
  const moved = (from: string[], to: string[]) =>
    labelsOf(
      github,
      repository,
      from.filter((name) => !to.includes(name)),
    );
  for (const label of moved(labels, pull.labels)) {
    await emitPull(github, repository, changed, "labeled", actor, { label: viewLabel(github, repository, label) });
  }
  for (const label of moved(pull.labels, labels)) {
    await emitPull(github, repository, changed, "unlabeled", actor, { label: viewLabel(github, repository, label) });
  }
  return { status: 200, body: viewLabels(context, changed) };
}

function viewLabels({ github, repository }: Context, pull: Pull) {
  return labelsOf(github, repository, pull.labels).map((label) => viewLabel(github, repository, label));
}

function commentOf({ github, repository, params }: Context): IssueComment {
  const comment = github.state.comments.get(Number(params["comment_id"]));
  if (comment?.repository_id !== repository.id) throw notFound();
  return comment;
}

function viewComment({ github, repository }: Context, comment: IssueComment) {
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url: repoUrl(github, repository, `/issues/comments/${comment.id}`),
    html_url: htmlUrl(github, repository, `/pull/${comment.issue_number}#issuecomment-${comment.id}`),
    body: comment.body,
    user: viewUser(github, comment.user),
    created_at: comment.created_at,
    updated_at: comment.updated_at,
    issue_url: repoUrl(github, repository, `/issues/${comment.issue_number}`),
    author_association: comment.user === repository.owner ? "OWNER" : "COLLABORATOR",
    performed_via_github_app: null,
  };
}
