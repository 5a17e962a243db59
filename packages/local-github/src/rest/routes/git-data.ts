import type { Github } from "../../github.ts";
import { zero_sha, type Ref } from "../../git/git-repository.ts";
import { isAncestor } from "../../git/history.ts";
import { isFolder, type ObjectType, type Person, type TreeEntry } from "../../git/objects.ts";
import { tryGit } from "../../git/run-git.ts";
import { moveRefs } from "../../push/move-refs.ts";
import { checkWorkflowPermission } from "../../push/workflow-permission.ts";
import type { Repository } from "../../state/documents.ts";
import { timestamp } from "../../time.ts";
import { accountOf } from "../../view/account.ts";
import { viewGitCommit, viewTreeEntry } from "../../view/commit.ts";
import { nodeId, repoUrl } from "../../view/urls.ts";
import { needString, readBoolean, readObject, readString, readStrings, wrongType, type Body } from "../body.ts";
import { HttpError, invalidRequest, notFound, unprocessable } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";

const base = "/repos/:owner/:repo/git";

export const gitDataRoutes: Route[] = [
  {
    method: "GET",
    path: `${base}/ref/*`,
    needs: "contents=read",
    doc: "rest/git/refs#get-a-reference",
    handle: async ({ github, repository, git, params }) => {
      const ref = await git.ref(`refs/${params["*"] ?? ""}`);
      if (ref === undefined) throw notFound();
      return { status: 200, body: viewRef(github, repository, ref) };
    },
  },
  {
    method: "GET",
    path: `${base}/matching-refs/*`,
    needs: "contents=read",
    doc: "rest/git/refs#list-matching-references",
    handle: async (context) => {
      const { github, repository, git, params, page } = context;
      const all = [...(await git.refs()).values()].filter(({ ref }) => ref.startsWith(`refs/${params["*"] ?? ""}`));
      const shown = all.slice(page.offset, page.offset + page.per_page);
      return list(
        context,
        shown.map((ref) => viewRef(github, repository, ref)),
        all.length,
      );
    },
  },
  {
    method: "POST",
    path: `${base}/refs`,
    needs: "contents=write",
    doc: "rest/git/refs#create-a-reference",
    handle: createRef,
  },
  {
    method: "PATCH",
    path: `${base}/refs/*`,
    needs: "contents=write",
    doc: "rest/git/refs#update-a-reference",
    handle: updateRef,
  },
  {
    method: "DELETE",
    path: `${base}/refs/*`,
    needs: "contents=write",
    doc: "rest/git/refs#delete-a-reference",
    handle: deleteRef,
  },
  {
    method: "POST",
    path: `${base}/blobs`,
    needs: "contents=write",
    doc: "rest/git/blobs#create-a-blob",
    handle: createBlob,
  },
  {
    method: "GET",
    path: `${base}/blobs/:sha`,
    needs: "contents=read",
    doc: "rest/git/blobs#get-a-blob",
    handle: getBlob,
  },
  {
    method: "POST",
    path: `${base}/trees`,
    needs: "contents=write",
    doc: "rest/git/trees#create-a-tree",
    handle: createTree,
  },
  { method: "GET", path: `${base}/trees/*`, needs: "contents=read", doc: "rest/git/trees#get-a-tree", handle: getTree },
  {
    method: "POST",
    path: `${base}/commits`,
    needs: "contents=write",
    doc: "rest/git/commits#create-a-commit",
    handle: createCommit,
  },
  {
    method: "GET",
    path: `${base}/commits/:sha`,
    needs: "contents=read",
    doc: "rest/git/commits#get-a-commit-object",
    handle: async ({ github, repository, git, params }) => {
      const sha = params["sha"] ?? "";
      const commit = /^[0-9a-f]{40}$/.test(sha) ? await git.commit(sha) : undefined;
      if (commit === undefined) throw notFound();
      return { status: 200, body: viewGitCommit(github, repository, commit) };
    },
  },
  {
    method: "POST",
    path: `${base}/tags`,
    needs: "contents=write",
    doc: "rest/git/tags#create-a-tag-object",
    handle: createTag,
  },
];

async function createRef({ github, repository, git, body, actor, caller }: Context): Promise<Answer> {
  const ref = needString(body, "ref");
  const sha = needString(body, "sha");
  if (!/^refs\/[^/]+\/.+/.test(ref))
    throw unprocessable("Reference name must start with 'refs/' and contain at least 2 slashes.");
  await checkRefName(git.git_dir, ref);
  if ((await git.ref(ref)) !== undefined) throw unprocessable("Reference already exists");
  const object = /^[0-9a-f]{40}$/.test(sha) ? await git.read(sha) : undefined;
  if (object === undefined || (ref.startsWith("refs/heads/") && object.type !== "commit"))
    throw unprocessable("Object does not exist");
  await checkWorkflowPermission(caller, git, [{ ref, before: zero_sha, after: sha }], repository);
  if (!(await moveRefs(github, repository, [{ ref, before: zero_sha, after: sha }], actor))) {
    throw unprocessable("Reference already exists");
  }
  const view = viewRef(github, repository, { ref, sha, type: object.type });
  return { status: 201, body: view, headers: { location: view.url } };
}

async function updateRef({ github, repository, git, params, body, actor, caller }: Context): Promise<Answer> {
  const name = `refs/${params["*"] ?? ""}`;
  const sha = needString(body, "sha");
  const force = readBoolean(body, "force") ?? false;
  const ref = await git.ref(name);
  if (ref === undefined) throw unprocessable("Reference does not exist");
  const object = /^[0-9a-f]{40}$/.test(sha) ? await git.read(sha) : undefined;
  if (object === undefined) throw unprocessable("Object does not exist");
  if (!force && !(await isAncestor(git, ref.sha, sha))) throw unprocessable("Update is not a fast forward");
  refuseProtected(github, repository, name, force);
  await checkWorkflowPermission(caller, git, [{ ref: name, before: ref.sha, after: sha }], repository);
  if (ref.sha !== sha && !(await moveRefs(github, repository, [{ ref: name, before: ref.sha, after: sha }], actor))) {
    throw unprocessable("Update is not a fast forward");
  }
  return { status: 200, body: viewRef(github, repository, { ref: name, sha, type: object.type }) };
}

async function deleteRef({ github, repository, git, params, actor }: Context): Promise<Answer> {
  const name = `refs/${params["*"] ?? ""}`;
  const ref = await git.ref(name);
  if (ref === undefined) throw unprocessable("Reference does not exist");
  if (name === `refs/heads/${repository.default_branch}`) throw unprocessable("Cannot delete the default branch");
  if (
    github.state.protections.first({ repository_id: repository.id, branch: name.slice("refs/heads/".length) })
      ?.allow_deletions === false
  ) {
    throw unprocessable("Cannot delete this protected branch");
  }
  await moveRefs(github, repository, [{ ref: name, before: ref.sha, after: zero_sha }], actor);
  return { status: 204 };
}

function refuseProtected(github: Github, repository: Repository, ref: string, force: boolean): void {
  const branch = ref.slice("refs/heads/".length);
  const protection = github.state.protections.first({ repository_id: repository.id, branch });
  if (protection === undefined || !ref.startsWith("refs/heads/")) return;
  if (force && !protection.allow_force_pushes) throw unprocessable("Cannot force-push to this branch");
  if (protection.required_reviews !== null && protection.enforce_admins) {
    throw unprocessable("Changes must be made through a pull request.");
  }
}

async function createBlob({ github, repository, git, body }: Context): Promise<Answer> {
  const content = needString(body, "content");
  const encoding = readString(body, "encoding") ?? "utf-8";
  if (encoding !== "utf-8" && encoding !== "base64") throw unprocessable("Invalid encoding");
  const sha = await git.write("blob", Buffer.from(content, encoding === "base64" ? "base64" : "utf8"));
  const url = repoUrl(github, repository, `/git/blobs/${sha}`);
  return { status: 201, body: { url, sha }, headers: { location: url } };
}

async function getBlob({ github, repository, git, params, accept }: Context): Promise<Answer> {
  const sha = params["sha"] ?? "";
  const object = /^[0-9a-f]{40}$/.test(sha) ? await git.read(sha) : undefined;
  if (object?.type !== "blob") throw notFound();
  if (accept.includes("raw"))
    return {
      status: 200,
      body: object.content,
      headers: { "content-type": "application/vnd.github.raw; charset=utf-8" },
    };
  return {
    status: 200,
    body: {
      sha: object.sha,
      node_id: nodeId("B", repository.id, object.sha),
      size: object.content.length,
      url: repoUrl(github, repository, `/git/blobs/${object.sha}`),
      content: wrap(object.content.toString("base64")),
      encoding: "base64",
    },
  };
}

async function createTree({ github, repository, git, body }: Context): Promise<Answer> {
  const entries = body["tree"];
  if (!Array.isArray(entries)) throw invalidRequest(`"tree" wasn't supplied.`);
  const base_tree = readString(body, "base_tree");
  const base_sha = base_tree === undefined ? undefined : (await git.read(`${base_tree}^{tree}`))?.sha;
  if (base_tree !== undefined && base_sha === undefined) throw notFound();
  const edits = new Map<string, { mode: string; sha: string } | null>();
  for (const value of entries as unknown[]) {
    if (typeof value !== "object" || value === null) throw wrongType("tree", value, "object");
    const entry = value as Body;
    const path = needString(entry, "path");
    const mode = readString(entry, "mode") ?? "100644";
    if (path === "" || path.startsWith("/") || path.split("/").some((part) => ["", ".", "..", ".git"].includes(part))) {
      throw unprocessable("tree.path contains a malformed path component");
    }
    if (!["100644", "100755", "040000", "160000", "120000"].includes(mode)) {
      throw unprocessable(`Must supply a valid tree.mode`);
    }
    if (entry["sha"] === null) edits.set(path, null);
    else if (typeof entry["content"] === "string")
      edits.set(path, { mode, sha: await git.write("blob", Buffer.from(entry["content"])) });
    else {
      const sha = needString(entry, "sha");
      if (mode !== "160000" && (await git.read(sha)) === undefined)
        throw unprocessable("tree.sha is not a valid object");
      edits.set(path, { mode, sha });
    }
  }
  const sha = await git.editTree(base_sha, edits);
  const view = await viewTree(github, repository, git, sha, false);
  return { status: 201, body: view, headers: { location: view.url } };
}

async function getTree({ github, repository, git, params, query }: Context): Promise<Answer> {
  const name = params["*"] ?? "";
  const commit = await git.resolveCommit(name);
  const object = await git.read(`${commit ?? name}^{tree}`);
  if (object === undefined) throw notFound();
  return { status: 200, body: await viewTree(github, repository, git, object.sha, query["recursive"] !== undefined) };
}

async function viewTree(github: Github, repository: Repository, git: Context["git"], sha: string, recursive: boolean) {
  const entries: { path: string; entry: TreeEntry }[] = [];
  const walk = async (tree: string, prefix: string): Promise<void> => {
    for (const entry of (await git.tree(tree)) ?? []) {
      entries.push({ path: `${prefix}${entry.name}`, entry });
      if (recursive && isFolder(entry.mode)) await walk(entry.sha, `${prefix}${entry.name}/`);
    }
  };
  await walk(sha, "");
  const tree = [];
  for (const { path, entry } of entries) {
    const blob = isFolder(entry.mode) || entry.mode === "160000" ? undefined : await git.read(entry.sha);
    tree.push(viewTreeEntry(github, repository, entry, path, blob?.content.length));
  }
  return { sha, url: repoUrl(github, repository, `/git/trees/${sha}`), tree, truncated: false };
}

async function createCommit({ github, repository, git, body, actor }: Context): Promise<Answer> {
  const message = needString(body, "message");
  const tree_name = needString(body, "tree");
  const parents = readStrings(body, "parents") ?? [];
  const tree = /^[0-9a-f]{40}$/.test(tree_name) ? await git.read(tree_name) : undefined;
  if (tree?.type !== "tree") throw unprocessable("Tree SHA does not exist");
  for (const parent of parents) {
    if ((await git.commit(parent)) === undefined)
      throw unprocessable("Parent SHA does not exist or is not a commit object");
  }
  const account = accountOf(github, actor);
  const self: Person = { name: account.name ?? account.login, email: account.email, date: timestamp() };
  const author = readPerson(readObject(body, "author"), self);
  const committer = body["committer"] === undefined ? author : readPerson(readObject(body, "committer"), author);
  const sha = await git.writeCommit({ tree: tree.sha, parents, author, committer, message });
  const commit = await git.commit(sha);
  if (commit === undefined) throw new HttpError(409, "The commit could not be read back");
  const view = viewGitCommit(github, repository, commit);
  return { status: 201, body: view, headers: { location: view.url } };
}

async function createTag({ github, repository, git, body, actor }: Context): Promise<Answer> {
  const tag = needString(body, "tag");
  const message = needString(body, "message");
  const target = await git.read(needString(body, "object"));
  const type = needString(body, "type") as ObjectType;
  if (target === undefined || target.type !== type) throw unprocessable("Object does not exist");
  const account = accountOf(github, actor);
  const self: Person = { name: account.name ?? account.login, email: account.email, date: timestamp() };
  const tagger = readPerson(readObject(body, "tagger"), self);
  const seconds = Math.floor(Date.parse(tagger.date) / 1000);
  const text = `object ${target.sha}\ntype ${type}\ntag ${tag}\ntagger ${tagger.name} <${tagger.email}> ${seconds} +0000\n\n${message}`;
  const sha = await git.write("tag", Buffer.from(text));
  const url = repoUrl(github, repository, `/git/tags/${sha}`);
  return {
    status: 201,
    headers: { location: url },
    body: {
      node_id: nodeId("TAG", repository.id, sha),
      sha,
      url,
      tagger,
      object: { sha: target.sha, type, url: repoUrl(github, repository, `/git/${type}s/${target.sha}`) },
      tag,
      message,
      verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
    },
  };
}

export function readPerson(body: Body | undefined, fallback: Person): Person {
  if (body === undefined) return fallback;
  const date = readString(body, "date");
  if (date !== undefined && Number.isNaN(Date.parse(date))) throw invalidRequest(`"${date}" is not a valid date-time.`);
  return {
    name: readString(body, "name") ?? fallback.name,
    email: readString(body, "email") ?? fallback.email,
    date: date ?? fallback.date,
  };
}

function viewRef(github: Github, repository: Repository, { ref, sha, type }: Ref) {
  return {
    ref,
    node_id: nodeId("REF", repository.id, ref),
    url: repoUrl(github, repository, `/git/${ref}`),
    object: { type, sha, url: repoUrl(github, repository, `/git/${type}s/${sha}`) },
  };
}

async function checkRefName(git_dir: string, ref: string): Promise<void> {
  if ((await tryGit(git_dir, ["check-ref-format", ref])).code !== 0)
    throw unprocessable(`${ref} is not a valid ref name.`);
}

/** Base64 in lines of 60 characters, as GitHub sends it. */
export function wrap(base64: string): string {
  return base64.replaceAll(/(.{60})/g, "$1\n").replace(/\n?$/, "\n");
}
