import type { Github } from "../github.ts";
import type { CommitStatus, Repository } from "../state/documents.ts";
import { viewUser } from "./account.ts";
import { nodeId, repoUrl } from "./urls.ts";

/** `status` */
export function viewCommitStatus(github: Github, repository: Repository, status: CommitStatus) {
  return { ...viewSimpleStatus(github, repository, status), creator: viewUser(github, status.creator) };
}

/** `simple-commit-status` */
export function viewSimpleStatus(github: Github, repository: Repository, status: CommitStatus) {
  const { id, sha, state, context, description, target_url, creator, created_at } = status;
  return {
    url: repoUrl(github, repository, `/statuses/${sha}`),
    avatar_url: viewUser(github, creator).avatar_url,
    id,
    node_id: nodeId("SC", id),
    state,
    context,
    description,
    target_url,
    created_at,
    updated_at: created_at,
  };
}
