import type { Github } from "../../github.ts";
import { isFolder, type Person, type TreeEntry } from "../../git/objects.ts";
import { moveRefs } from "../../push/move-refs.ts";
import { checkWorkflowPermission } from "../../push/workflow-permission.ts";
import { zero_sha } from "../../git/git-repository.ts";
import type { Repository } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { accountOf } from "../../view/account.ts";
import { viewGitCommit } from "../../view/commit.ts";
import { encodePath, htmlUrl, repoUrl } from "../../view/urls.ts";
import { needString, readObject, readString } from "../body.ts";
import { HttpError, invalidRequest, notFound, unprocessable } from "../http-error.ts";
import type { Answer, Context, Route } from "../route.ts";
import { readPerson, wrap } from "./git-data.ts";

const path = "/repos/:owner/:repo/contents/*";

export const contentRoutes: Route[] = [
  { method: "GET", path, needs: "contents=read", doc: "rest/repos/contents#get-repository-content", handle: get },
  {
    method: "GET",
    path: "/repos/:owner/:repo/contents",
    needs: "contents=read",
    doc: "rest/repos/contents#get-repository-content",
    handle: get,
  },
  {
    method: "PUT",
    path,
    needs: "contents=write",
    doc: "rest/repos/contents#create-or-update-file-contents",
    handle: put,
  },
  { method: "DELETE", path, needs: "contents=write", doc: "rest/repos/contents#delete-a-file", handle: remove },
];

async function get({ github, repository, git, params, query, accept }: Context): Promise<Answer> {
  const file_path = pathOf(params["*"]);
  const ref = query["ref"] ?? repository.default_branch;
  const sha = await git.resolveCommit(ref.replace(/^refs\/(heads|tags)\//, ""));
  if (sha === undefined) throw new HttpError(404, `No commit found for the ref ${ref}`);
  const entry = file_path === "" ? undefined : await entryAt(git, sha, file_path);
  if (file_path !== "" && entry === undefined) throw notFound();
  if (entry === undefined || isFolder(entry.mode)) {
    const entries = (await git.tree(file_path === "" ? sha : `${sha}:${file_path}`)) ?? [];
    const items = [];
    for (const item of entries) {
      const item_path = file_path === "" ? item.name : `${file_path}/${item.name}`;
      const size = isFolder(item.mode) ? 0 : ((await git.read(item.sha))?.content.length ?? 0);
      items.push(viewItem(github, repository, item, item_path, ref, size));
    }
    if (accept.includes("object")) {
      const own = { mode: "040000", name: file_path.split("/").at(-1) ?? "", sha: entry?.sha ?? "" };
      return { status: 200, body: { ...viewItem(github, repository, own, file_path, ref, 0), entries: items } };
    }
    return { status: 200, body: items };
  }
  const blob = await git.read(entry.sha);
  if (blob === undefined) throw notFound();
  if (accept.includes("raw")) {
    return {
      status: 200,
      body: blob.content,
      headers: { "content-type": "application/vnd.github.raw; charset=utf-8" },
    };
  }
  const view = viewItem(github, repository, entry, file_path, ref, blob.content.length);
  return { status: 200, body: { ...view, content: wrap(blob.content.toString("base64")), encoding: "base64" } };
}

async function put(context: Context): Promise<Answer> {
  const { github, repository, git, params, body } = context;
  const file_path = pathOf(params["*"]);
  const message = needString(body, "message");
  const content = Buffer.from(needString(body, "content"), "base64");
  const { branch, tip } = await branchOf(context);
  const existing = tip === undefined ? undefined : await entryAt(git, tip, file_path);
  const given = readString(body, "sha");
  if (existing !== undefined && given === undefined) throw invalidRequest(`"sha" wasn't supplied.`);
  if (existing !== undefined && given !== existing.sha)
    throw new HttpError(409, `${file_path} does not match ${given}`);
  if (existing === undefined && given !== undefined) throw new HttpError(409, `${file_path} does not match ${given}`);
  const blob = await git.write("blob", content);
  const sha = await commitEdit(context, tip, branch, message, file_path, {
    mode: existing?.mode ?? "100644",
    sha: blob,
  });
  const commit = await git.commit(sha);
  if (commit === undefined) throw notFound();
  return {
    status: existing === undefined ? 201 : 200,
    body: {
      content: viewItem(
        github,
        repository,
        { mode: "100644", name: file_path.split("/").at(-1) ?? "", sha: blob },
        file_path,
        branch,
        content.length,
      ),
      commit: viewGitCommit(github, repository, commit),
    },
  };
}

async function remove(context: Context): Promise<Answer> {
  const { github, repository, git, params, body, query } = context;
  const file_path = pathOf(params["*"]);
  const fields = { ...query, ...body };
  const message = needString(fields, "message");
  const given = needString(fields, "sha");
  const { branch, tip } = await branchOf({ ...context, body: fields, repository, git });
  const existing = tip === undefined ? undefined : await entryAt(git, tip, file_path);
  if (existing === undefined) throw notFound();
  if (existing.sha !== given) throw new HttpError(409, `${file_path} does not match ${given}`);
  const sha = await commitEdit({ ...context, repository, git }, tip, branch, message, file_path, null);
  const commit = await git.commit(sha);
  if (commit === undefined) throw notFound();
  return { status: 200, body: { content: null, commit: viewGitCommit(github, repository, commit) } };
}

async function branchOf({
  repository,
  git,
  body,
}: Pick<Context, "repository" | "git" | "body">): Promise<{ branch: string; tip: string | undefined }> {
  const branch = readString(body, "branch") ?? repository.default_branch;
  const tip = (await git.ref(`refs/heads/${branch}`))?.sha;
  if (tip === undefined && (await git.refs()).size > 0) throw new HttpError(404, `Branch ${branch} not found`);
  return { branch, tip };
}

async function commitEdit(
  { github, repository, git, body, actor, caller }: Context,
  tip: string | undefined,
  branch: string,
  message: string,
  file_path: string,
  edit: { mode: string; sha: string } | null,
): Promise<string> {
  const parent = tip === undefined ? undefined : await git.commit(tip);
  const tree = await git.editTree(parent?.tree, new Map([[file_path, edit]]));
  const account = accountOf(github, actor);
  const self: Person = { name: account.name ?? account.login, email: account.email, date: timestamp() };
  const author = readPerson(readObject(body, "author"), self);
  const committer = readPerson(readObject(body, "committer"), author);
  const sha = await git.writeCommit({ tree, parents: tip === undefined ? [] : [tip], author, committer, message });
  const change = { ref: `refs/heads/${branch}`, before: tip ?? zero_sha, after: sha };
  await checkWorkflowPermission(caller, git, [change], repository);
  if (!(await moveRefs(github, repository, [change], actor))) {
    throw new HttpError(409, `${file_path} does not match: ${branch} was updated meanwhile`);
  }
  return sha;
}

async function entryAt(git: Context["git"], sha: string, file_path: string): Promise<TreeEntry | undefined> {
  const parts = file_path.split("/");
  const name = parts.pop() ?? "";
  const entries = await git.tree(parts.length === 0 ? sha : `${sha}:${parts.join("/")}`);
  return entries?.find((entry) => entry.name === name);
}

function pathOf(wildcard: string | undefined): string {
  const file_path = (wildcard ?? "").replace(/^\/+|\/+$/g, "");
  if (file_path.split("/").some((part) => [".", "..", ".git"].includes(part))) {
    throw unprocessable("path contains a malformed path component");
  }
  return file_path;
}

function viewItem(
  github: Github,
  repository: Repository,
  entry: TreeEntry,
  file_path: string,
  ref: string,
  size: number,
) {
  const encoded = encodePath(file_path);
  const url = repoUrl(github, repository, `/contents/${encoded}?ref=${encodeURIComponent(ref)}`);
  const folder = isFolder(entry.mode);
  const git_url = repoUrl(github, repository, `/git/${folder ? "trees" : "blobs"}/${entry.sha}`);
  const html_url = htmlUrl(github, repository, `/${folder ? "tree" : "blob"}/${ref}/${encoded}`);
  return {
    name: entry.name,
    path: file_path,
    sha: entry.sha,
    size,
    url,
    html_url,
    git_url,
    download_url: folder ? null : htmlUrl(github, repository, `/raw/${ref}/${encoded}`),
    type: folder ? "dir" : "file",
    _links: { self: url, git: git_url, html: html_url },
  };
}
