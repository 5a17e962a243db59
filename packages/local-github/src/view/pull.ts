import { gitOf, type Github } from "../github.ts";
import { diffFiles } from "../git/diff.ts";
import { commitsBetween, mergeBase } from "../git/history.ts";
import type { Label, Pull, Repository } from "../state/documents.ts";
import { assessMerge } from "../pulls/assess.ts";
import { viewUser } from "./account.ts";
import { viewRepository } from "./repository.ts";
import { htmlUrl, nodeId, repoUrl } from "./urls.ts";

/** `pull-request-simple`: lists of pull requests. */
export function viewPullSimple(github: Github, repository: Repository, pull: Pull) {
  const url = repoUrl(github, repository, `/pulls/${pull.number}`);
  const issue = repoUrl(github, repository, `/issues/${pull.number}`);
  const html = htmlUrl(github, repository, `/pull/${pull.number}`);
  const statuses = repoUrl(github, repository, `/statuses/${pull.head_sha}`);
  const side = (ref: string, sha: string) => ({
    label: `${repository.owner}:${ref}`,
    ref,
    sha,
    user: viewUser(github, repository.owner),
    repo: viewRepository(github, repository),
  });
  return {
    url,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: issue,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    user: viewUser(github, pull.user),
    body: pull.body,
    created_at: pull.created_at,
    updated_at: pull.updated_at,
    closed_at: pull.closed_at,
    merged_at: pull.merged_at,
    merge_commit_sha: pull.merge_commit_sha,
    assignee: null,
    assignees: [] as never[],
    requested_reviewers: [] as never[],
    requested_teams: [] as never[],
    labels: labelsOf(github, repository, pull.labels).map((label) => viewLabel(github, repository, label)),
    milestone: null,
    draft: pull.draft,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: repoUrl(github, repository, "/pulls/comments{/number}"),
    comments_url: `${issue}/comments`,
    statuses_url: statuses,
    head: side(pull.head_ref, pull.head_sha),
    base: side(pull.base_ref, pull.base_sha),
    _links: {
      self: { href: url },
      html: { href: html },
      issue: { href: issue },
      comments: { href: `${issue}/comments` },
      review_comments: { href: `${url}/comments` },
      review_comment: { href: repoUrl(github, repository, "/pulls/comments{/number}") },
      commits: { href: `${url}/commits` },
      statuses: { href: statuses },
    },
    author_association: pull.user === repository.owner ? ("OWNER" as const) : ("COLLABORATOR" as const),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** `pull-request`: one pull request, and what events carry. */
export async function viewPull(github: Github, repository: Repository, pull: Pull) {
  const git = gitOf(github, repository);
  const assessment = await assessMerge(github, repository, pull);
  const origin = (await mergeBase(git, pull.base_sha, pull.head_sha)) ?? pull.base_sha;
  const files = await diffFiles(git, origin, pull.head_sha);
  const commits = await commitsBetween(git, origin, pull.head_sha);
  return {
    ...viewPullSimple(github, repository, pull),
    merged: pull.merged,
    mergeable: assessment.mergeable,
    rebaseable: assessment.mergeable,
    mergeable_state: assessment.state,
    merged_by: pull.merged_by === null ? null : viewUser(github, pull.merged_by),
    comments: github.state.comments.count({ where: { repository_id: repository.id, issue_number: pull.number } }),
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

/** The labels of these names; unknown ones are made, grey, as GitHub does when they are first used. */
export function labelsOf(github: Github, repository: Repository, names: string[]): Label[] {
  return names.map((name) => {
    const existing = github.state.labels.first({ repository_id: repository.id, name });
    return (
      existing ??
      github.state.labels.put({
        id: github.state.next("labels", 500),
        repository_id: repository.id,
        name,
        color: "ededed",
        description: null,
      })
    );
  });
}

export function viewLabel(github: Github, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId("LA", label.id),
    url: repoUrl(github, repository, `/labels/${encodeURIComponent(label.name)}`),
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

/** A pull request as `pull_requests` of a run shows it. */
export function viewPullLink(github: Github, repository: Repository, pull: Pull) {
  const side = (ref: string, sha: string) => ({
    ref,
    sha,
    repo: { id: repository.id, url: repoUrl(github, repository), name: repository.name },
  });
  return {
    url: repoUrl(github, repository, `/pulls/${pull.number}`),
    id: pull.id,
    number: pull.number,
    head: side(pull.head_ref, pull.head_sha),
    base: side(pull.base_ref, pull.base_sha),
  };
}
