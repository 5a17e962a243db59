import { rmSync } from "node:fs";
import { isAllowed } from "../../auth/caller.ts";
import { gitDir } from "../../github.ts";
import { diffFiles, diffText } from "../../git/diff.ts";
import { aheadBehind, commitsBetween, listCommits, mergeBase } from "../../git/history.ts";
import { emit } from "../../webhooks/emit.ts";
import { viewCommit, viewCommitWithFiles, viewFile } from "../../view/commit.ts";
import { viewFullRepository, viewRepository } from "../../view/repository.ts";
import { htmlUrl, repoUrl } from "../../view/urls.ts";
import { readBoolean, readString } from "../body.ts";
import { HttpError, notFound, unprocessable, validationFailed } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";

export const repositoryRoutes: Route[] = [
  {
    method: "GET",
    path: "/repos/:owner/:repo",
    needs: "metadata=read",
    doc: "rest/repos/repos#get-a-repository",
    handle: (context) => ({ status: 200, body: full(context) }),
  },
  {
    method: "PATCH",
    path: "/repos/:owner/:repo",
    needs: "administration=write",
    doc: "rest/repos/repos#update-a-repository",
    handle: update,
  },
  {
    method: "DELETE",
    path: "/repos/:owner/:repo",
    needs: "administration=write",
    doc: "rest/repos/repos#delete-a-repository",
    handle: ({ github, repository, git }) => {
      git.close();
      github.state.repositories.delete(repository.id);
      github.git_repositories.delete(repository.id);
      rmSync(gitDir(github, repository.id), { recursive: true, force: true });
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/commits",
    needs: "contents=read",
    doc: "rest/commits/commits#list-commits",
    handle: commits,
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/commits/*",
    needs: "contents=read",
    doc: "rest/commits/commits#get-a-commit",
    handle: commit,
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/compare/*",
    needs: "contents=read",
    doc: "rest/commits/commits#compare-two-commits",
    handle: compare,
  },
];

function full({ github, repository, caller }: Context) {
  return viewFullRepository(github, repository, isAllowed(caller, repository, "contents=write"));
}

function update(context: Context): Answer {
  const { github, repository, body, actor } = context;
  const name = readString(body, "name") ?? repository.name;
  const key = `${repository.owner}/${name}`.toLowerCase();
  const renamed = name !== repository.name;
  if (renamed && github.state.repositories.first({ key }) !== undefined && key !== repository.key) {
    throw validationFailed({
      resource: "Repository",
      code: "custom",
      field: "name",
      message: "name already exists on this account",
    });
  }
  const changed = {
    ...repository,
    name,
    key,
    private: readBoolean(body, "private") ?? repository.private,
    description: readString(body, "description") ?? repository.description,
    default_branch: readString(body, "default_branch") ?? repository.default_branch,
    allow_merge_commit: readBoolean(body, "allow_merge_commit") ?? repository.allow_merge_commit,
    allow_squash_merge: readBoolean(body, "allow_squash_merge") ?? repository.allow_squash_merge,
    allow_rebase_merge: readBoolean(body, "allow_rebase_merge") ?? repository.allow_rebase_merge,
    delete_branch_on_merge: readBoolean(body, "delete_branch_on_merge") ?? repository.delete_branch_on_merge,
  };
  github.state.transact(() => {
    if (renamed && key !== repository.key) {
      const alias = github.state.aliases.first({ key });
      if (alias !== undefined) github.state.aliases.delete(alias.id);
      github.state.aliases.put({ id: github.state.next("aliases"), key: repository.key, repository_id: repository.id });
    }
    github.state.repositories.put(changed);
  });
  if (renamed) {
    const payload = {
      changes: { repository: { name: { from: repository.name } } },
      repository: viewRepository(github, changed),
    };
    emit(github, changed, { name: "repository", action: "renamed", payload, sender: actor });
  }
  return { status: 200, body: viewFullRepository(github, changed, true) };
}

async function commits(context: Context): Promise<Answer> {
  const { github, repository, git, query, page } = context;
  const start = await git.resolveCommit(query["sha"] ?? repository.default_branch);
  if (start === undefined) {
    if ((await git.refs()).size === 0) throw new HttpError(409, "Git Repository is empty.");
    throw notFound();
  }
  const optional = (name: string) => (query[name] === undefined ? {} : { [name]: query[name] });
  const filter = { ...optional("path"), ...optional("since"), ...optional("until"), ...optional("author") };
  // One more than asked for tells whether there is a next page.
  const shas = await listCommits(git, start, { ...filter, skip: page.offset, limit: page.per_page + 1 });
  const views = [];
  for (const sha of shas.slice(0, page.per_page)) {
    const found = await git.commit(sha);
    if (found !== undefined) views.push(viewCommit(github, repository, found));
  }
  return list(context, views, page.offset + shas.length);
}

async function commit(context: Context): Promise<Answer> {
  const { github, repository, git, params, accept } = context;
  const name = params["*"] ?? "";
  if (name.endsWith("/check-runs") || name.endsWith("/pulls")) throw notFound();
  const sha = await git.resolveCommit(name);
  const found = sha === undefined ? undefined : await git.commit(sha);
  if (found === undefined) throw unprocessable(`No commit found for SHA: ${name}`);
  if (accept.includes("sha"))
    return { status: 200, body: found.sha, headers: { "content-type": "application/vnd.github.sha; charset=utf-8" } };
  if (accept.includes("diff")) return raw(await diffText(git, found.parents[0], found.sha), "diff");
  return {
    status: 200,
    body: viewCommitWithFiles(github, repository, found, await diffFiles(git, found.parents[0], found.sha)),
  };
}

async function compare(context: Context): Promise<Answer> {
  const { github, repository, git, params, accept } = context;
  const [base_name = "", head_name = ""] = (params["*"] ?? "").split("...").map((name) => name.replace(/^[^:]+:/, ""));
  const base = await git.resolveCommit(base_name);
  const head = await git.resolveCommit(head_name);
  if (base === undefined || head === undefined) throw notFound();
  const origin = await mergeBase(git, base, head);
  const base_commit = await git.commit(base);
  const origin_commit = origin === undefined ? undefined : await git.commit(origin);
  if (base_commit === undefined || origin_commit === undefined) {
    throw new HttpError(404, `No common ancestor between ${base_name} and ${head_name}.`);
  }
  if (accept.includes("diff")) return raw(await diffText(git, origin, head), "diff");
  const { ahead, behind } = await aheadBehind(git, base, head);
  const shas = await commitsBetween(git, base, head);
  const views = [];
  for (const sha of shas.slice(0, 250)) {
    const found = await git.commit(sha);
    if (found !== undefined) views.push(viewCommit(github, repository, found));
  }
  const files = await diffFiles(git, origin, head);
  const html = htmlUrl(github, repository, `/compare/${base_name}...${head_name}`);
  return {
    status: 200,
    body: {
      url: repoUrl(github, repository, `/compare/${base_name}...${head_name}`),
      html_url: html,
      permalink_url: htmlUrl(github, repository, `/compare/${base.slice(0, 7)}...${head.slice(0, 7)}`),
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: viewCommit(github, repository, base_commit),
      merge_base_commit: viewCommit(github, repository, origin_commit),
      status: ahead > 0 && behind > 0 ? "diverged" : ahead > 0 ? "ahead" : behind > 0 ? "behind" : "identical",
      ahead_by: ahead,
      behind_by: behind,
      total_commits: shas.length,
      commits: views,
      files: files.map((file) => viewFile(github, repository, head, file)),
    },
  };
}

function raw(text: string, kind: "diff"): Answer {
  return { status: 200, body: text, headers: { "content-type": `application/vnd.github.${kind}; charset=utf-8` } };
}
