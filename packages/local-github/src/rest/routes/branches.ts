import type { Github } from "../../github.ts";
import type { Ref } from "../../git/git-repository.ts";
import type { Protection, Repository } from "../../state/documents.ts";
import { viewCommit } from "../../view/commit.ts";
import { htmlUrl, repoUrl } from "../../view/urls.ts";
import { readBoolean, readObject, readStrings, type Body } from "../body.ts";
import { HttpError } from "../http-error.ts";
import { list, type Answer, type Context, type Route } from "../route.ts";

const protection_path = "/repos/:owner/:repo/branches/:branch/protection";

export const branchRoutes: Route[] = [
  {
    method: "GET",
    path: "/repos/:owner/:repo/branches",
    needs: "contents=read",
    doc: "rest/branches/branches#list-branches",
    handle: async (context) => {
      const { github, repository, git, page } = context;
      const all = [...(await git.refs()).values()].filter(({ ref }) => ref.startsWith("refs/heads/"));
      const shown = all.slice(page.offset, page.offset + page.per_page);
      return list(
        context,
        shown.map((ref) => viewShortBranch(github, repository, ref)),
        all.length,
      );
    },
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/branches/:branch",
    needs: "contents=read",
    doc: "rest/branches/branches#get-a-branch",
    handle: (context) => branch(context),
  },
  {
    method: "GET",
    path: protection_path,
    needs: "administration=read",
    doc: "rest/branches/branch-protection#get-branch-protection",
    handle: ({ github, repository, params }) => {
      const protection = github.state.protections.first({
        repository_id: repository.id,
        branch: params["branch"] ?? "",
      });
      if (protection === undefined) throw new HttpError(404, "Branch not protected");
      return { status: 200, body: viewProtection(github, repository, protection) };
    },
  },
  {
    method: "PUT",
    path: protection_path,
    needs: "administration=write",
    doc: "rest/branches/branch-protection#update-branch-protection",
    handle: protect,
  },
  {
    method: "DELETE",
    path: protection_path,
    needs: "administration=write",
    doc: "rest/branches/branch-protection#delete-branch-protection",
    handle: ({ github, repository, params }) => {
      const protection = github.state.protections.first({
        repository_id: repository.id,
        branch: params["branch"] ?? "",
      });
      if (protection === undefined) throw new HttpError(404, "Branch not protected");
      github.state.protections.delete(protection.id);
      return { status: 204 };
    },
  },
  {
    method: "GET",
    path: "/repos/:owner/:repo/tags",
    needs: "contents=read",
    doc: "rest/repos/repos#list-repository-tags",
    handle: async (context) => {
      const { github, repository, git, page } = context;
      const all = [...(await git.refs()).values()].filter(({ ref }) => ref.startsWith("refs/tags/")).toReversed();
      const tags = [];
      for (const ref of all.slice(page.offset, page.offset + page.per_page)) {
        const name = ref.ref.slice("refs/tags/".length);
        const sha = (await git.peel(ref.sha)) ?? ref.sha;
        tags.push({
          name,
          commit: { sha, url: repoUrl(github, repository, `/commits/${sha}`) },
          zipball_url: repoUrl(github, repository, `/zipball/refs/tags/${name}`),
          tarball_url: repoUrl(github, repository, `/tarball/refs/tags/${name}`),
          node_id: `REF_${sha}`,
        });
      }
      return list(context, tags, all.length);
    },
  },
];

async function branch({ github, repository, git, params }: Context): Promise<Answer> {
  const name = params["branch"] ?? "";
  const ref = await git.ref(`refs/heads/${name}`);
  const commit = ref === undefined ? undefined : await git.commit(ref.sha);
  if (commit === undefined) throw new HttpError(404, "Branch not found");
  const protection = github.state.protections.first({ repository_id: repository.id, branch: name });
  const self = repoUrl(github, repository, `/branches/${encodeURIComponent(name)}`);
  return {
    status: 200,
    body: {
      name,
      commit: viewCommit(github, repository, commit),
      _links: { self, html: htmlUrl(github, repository, `/tree/${name}`) },
      protected: protection !== undefined,
      protection: viewShortProtection(protection),
      protection_url: `${self}/protection`,
    },
  };
}

function viewShortBranch(github: Github, repository: Repository, ref: Ref) {
  const name = ref.ref.slice("refs/heads/".length);
  const protection = github.state.protections.first({ repository_id: repository.id, branch: name });
  return {
    name,
    commit: { sha: ref.sha, url: repoUrl(github, repository, `/commits/${ref.sha}`) },
    protected: protection !== undefined,
  };
}

function viewShortProtection(protection: Protection | undefined) {
  const contexts = protection?.contexts ?? [];
  return {
    enabled: protection !== undefined,
    required_status_checks: {
      enforcement_level:
        contexts.length === 0 ? "off" : protection?.enforce_admins === true ? "everyone" : "non_admins",
      contexts,
      checks: contexts.map((context) => ({ context, app_id: null })),
    },
  };
}

function viewProtection(github: Github, repository: Repository, protection: Protection) {
  const url = repoUrl(github, repository, `/branches/${encodeURIComponent(protection.branch)}/protection`);
  return {
    url,
    ...(protection.contexts === null
      ? {}
      : {
          required_status_checks: {
            url: `${url}/required_status_checks`,
            strict: protection.strict,
            contexts: protection.contexts,
            contexts_url: `${url}/required_status_checks/contexts`,
            checks: protection.contexts.map((context) => ({ context, app_id: null })),
          },
        }),
    ...(protection.required_reviews === null
      ? {}
      : {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: false,
            require_code_owner_reviews: false,
            require_last_push_approval: false,
            required_approving_review_count: protection.required_reviews,
          },
        }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: protection.enforce_admins },
    required_linear_history: { enabled: protection.required_linear_history },
    allow_force_pushes: { enabled: protection.allow_force_pushes },
    allow_deletions: { enabled: protection.allow_deletions },
    block_creations: { enabled: false },
    required_conversation_resolution: { enabled: false },
    lock_branch: { enabled: false },
    allow_fork_syncing: { enabled: false },
  };
}

async function protect({ github, repository, git, params, body }: Context): Promise<Answer> {
  const branch_name = params["branch"] ?? "";
  if ((await git.ref(`refs/heads/${branch_name}`)) === undefined) throw new HttpError(404, "Branch not found");
  for (const field of ["required_status_checks", "enforce_admins", "required_pull_request_reviews", "restrictions"]) {
    if (!(field in body)) throw new HttpError(422, `Invalid request.\n\n"${field}" wasn't supplied.`);
  }
  const checks = readObject(body, "required_status_checks");
  const reviews = readObject(body, "required_pull_request_reviews");
  const existing = github.state.protections.first({ repository_id: repository.id, branch: branch_name });
  const protection: Protection = {
    id: existing?.id ?? github.state.next("protections"),
    repository_id: repository.id,
    branch: branch_name,
    strict: checks?.["strict"] === true,
    contexts: checks === undefined ? null : contextsOf(checks),
    required_reviews: reviews === undefined ? null : Number(reviews["required_approving_review_count"] ?? 1),
    enforce_admins: readBoolean(body, "enforce_admins") ?? false,
    required_linear_history: readBoolean(body, "required_linear_history") ?? false,
    allow_force_pushes: readBoolean(body, "allow_force_pushes") ?? false,
    allow_deletions: readBoolean(body, "allow_deletions") ?? false,
  };
  github.state.protections.put(protection);
  return { status: 200, body: viewProtection(github, repository, protection) };
}

function contextsOf(checks: Body): string[] {
  const listed = Array.isArray(checks["checks"]) ? (checks["checks"] as { context?: string }[]) : [];
  return [...new Set([...(readStrings(checks, "contexts") ?? []), ...listed.map((check) => check.context ?? "")])];
}
