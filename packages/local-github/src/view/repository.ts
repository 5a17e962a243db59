import type { Github } from "../github.ts";
import type { Repository } from "../state/documents.ts";
import { accountOf, viewAccount } from "./account.ts";
import { htmlUrl, nodeId, repoUrl } from "./urls.ts";

/** `minimal-repository` without counts: what runs and events carry as head_repository. */
export function viewRepositoryLinks(github: Github, repository: Repository) {
  const url = repoUrl(github, repository);
  return {
    id: repository.id,
    node_id: nodeId("R", repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: repository.private,
    owner: viewAccount(github, accountOf(github, repository.owner)),
    html_url: htmlUrl(github, repository),
    description: repository.description,
    fork: false,
    url,
    forks_url: `${url}/forks`,
    keys_url: `${url}/keys{/key_id}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    teams_url: `${url}/teams`,
    hooks_url: `${url}/hooks`,
    issue_events_url: `${url}/issues/events{/number}`,
    events_url: `${url}/events`,
    assignees_url: `${url}/assignees{/user}`,
    branches_url: `${url}/branches{/branch}`,
    tags_url: `${url}/tags`,
    blobs_url: `${url}/git/blobs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    trees_url: `${url}/git/trees{/sha}`,
    statuses_url: `${url}/statuses/{sha}`,
    languages_url: `${url}/languages`,
    stargazers_url: `${url}/stargazers`,
    contributors_url: `${url}/contributors`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    commits_url: `${url}/commits{/sha}`,
    git_commits_url: `${url}/git/commits{/sha}`,
    comments_url: `${url}/comments{/number}`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    contents_url: `${url}/contents/{+path}`,
    compare_url: `${url}/compare/{base}...{head}`,
    merges_url: `${url}/merges`,
    archive_url: `${url}/{archive_format}{/ref}`,
    downloads_url: `${url}/downloads`,
    issues_url: `${url}/issues{/number}`,
    pulls_url: `${url}/pulls{/number}`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    labels_url: `${url}/labels{/name}`,
    releases_url: `${url}/releases{/id}`,
    deployments_url: `${url}/deployments`,
  };
}

/** `repository`: what lists, pulls and webhook payloads carry. */
export function viewRepository(github: Github, repository: Repository) {
  const html = htmlUrl(github, repository);
  const host = new URL(github.url).host;
  const full_name = `${repository.owner}/${repository.name}`;
  const open = github.state.pulls.count({ where: { repository_id: repository.id, state: "open" } });
  return {
    ...viewRepositoryLinks(github, repository),
    created_at: repository.created_at,
    updated_at: repository.updated_at,
    pushed_at: repository.pushed_at,
    git_url: `git://${host}/${full_name}.git`,
    ssh_url: `git@${host}:${full_name}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: false,
    has_downloads: true,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks_count: 0,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [] as string[],
    visibility: repository.private ? "private" : "public",
    forks: 0,
    open_issues: open,
    watchers: 0,
    default_branch: repository.default_branch,
  };
}

/** `full-repository`: GET /repos/{owner}/{repo}. */
export function viewFullRepository(github: Github, repository: Repository, can_write: boolean) {
  return {
    ...viewRepository(github, repository),
    permissions: { admin: can_write, maintain: can_write, push: can_write, triage: can_write, pull: true },
    temp_clone_token: "",
    allow_squash_merge: repository.allow_squash_merge,
    allow_merge_commit: repository.allow_merge_commit,
    allow_rebase_merge: repository.allow_rebase_merge,
    allow_auto_merge: false,
    delete_branch_on_merge: repository.delete_branch_on_merge,
    allow_update_branch: false,
    use_squash_pr_title_as_default: false,
    squash_merge_commit_message: "COMMIT_MESSAGES" as const,
    squash_merge_commit_title: "COMMIT_OR_PR_TITLE" as const,
    merge_commit_message: "PR_TITLE" as const,
    merge_commit_title: "MERGE_MESSAGE" as const,
    network_count: 0,
    subscribers_count: 0,
  };
}
