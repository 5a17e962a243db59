import type { RunRequest } from "./types.ts";

/** The `github` context before a job adds what only it knows (token, job, workspace, action, files). */
export function githubContext(request: RunRequest, workflow_name: string): Record<string, unknown> {
  const { repository, event } = request;
  const pull_request = record(event["pull_request"]);
  const is_pull_request = request.event_name.startsWith("pull_request");
  return {
    ref: request.ref,
    sha: request.sha,
    repository: repository.full_name,
    repository_owner: repository.owner,
    repository_owner_id: String(repository.owner_id ?? ""),
    repositoryUrl: `${request.server_url.replace(/^http/, "git")}/${repository.full_name}.git`,
    run_id: String(request.run.id),
    run_number: String(request.run.number),
    retention_days: "90",
    run_attempt: String(request.run.attempt),
    artifact_cache_size_limit: "10",
    repository_visibility: repository.private === true ? "private" : "public",
    actor_id: text(record(event["sender"])["id"]),
    actor: request.actor,
    triggering_actor: request.triggering_actor ?? request.actor,
    workflow: workflow_name,
    head_ref: is_pull_request ? text(record(pull_request["head"])["ref"]) : "",
    base_ref: is_pull_request ? text(record(pull_request["base"])["ref"]) : "",
    event_name: request.event_name,
    server_url: request.server_url,
    api_url: request.api_url,
    graphql_url: request.graphql_url ?? request.api_url.replace(/\/v3$/, "/graphql"),
    ref_name: refName(request.ref),
    ref_protected: false,
    ref_type: request.ref.startsWith("refs/tags/") ? "tag" : "branch",
    secret_source: "Actions",
    event,
    workflow_ref: `${repository.full_name}/${request.workflow_path}@${request.ref}`,
    workflow_sha: request.sha,
    repository_id: String(repository.id),
  };
}

/** `main` of `refs/heads/main`, `7/merge` of `refs/pull/7/merge`. */
export function refName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags|pull)\//, "");
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
