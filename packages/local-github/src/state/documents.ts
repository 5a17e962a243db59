import type { Artifact, JobRecord } from "../runner/types.ts";

/** What is kept in the database. Ids are numbers, times RFC 3339 strings in UTC with whole seconds. */

export type PermissionLevel = "read" | "write" | "admin";
export type Permissions = Record<string, PermissionLevel>;

export type Account = {
  id: number;
  login: string;
  key: string;
  type: "User" | "Organization" | "Bot";
  name: string | null;
  email: string;
  created_at: string;
};

export type Repository = {
  id: number;
  owner_id: number;
  owner: string;
  name: string;
  /** `owner/name` in lower case: names are found whatever their case. */
  key: string;
  private: boolean;
  description: string | null;
  default_branch: string;
  created_at: string;
  updated_at: string;
  pushed_at: string;
  allow_merge_commit: boolean;
  allow_squash_merge: boolean;
  allow_rebase_merge: boolean;
  delete_branch_on_merge: boolean;
  vars: Record<string, string>;
  secrets: Record<string, string>;
};

/** A former full name that still leads to the repository after a rename. */
export type RepositoryAlias = { id: number; key: string; repository_id: number };

export type Label = { id: number; repository_id: number; name: string; color: string; description: string | null };

export type Pull = {
  id: number;
  repository_id: number;
  number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  draft: boolean;
  user: string;
  head_ref: string;
  head_sha: string;
  base_ref: string;
  base_sha: string;
  labels: string[];
  merged: boolean;
  merged_at: string | null;
  merged_by: string | null;
  merge_commit_sha: string | null;
  /** A merge that is being written: what the pull request will be once the base branch is at its commit. */
  merging: { sha: string; ref: string; by: string } | null;
  closed_at: string | null;
  created_at: string;
  updated_at: string;
};

export type Review = {
  id: number;
  repository_id: number;
  pull_number: number;
  user: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  body: string;
  commit_id: string;
  submitted_at: string;
};

export type IssueComment = {
  id: number;
  repository_id: number;
  issue_number: number;
  user: string;
  body: string;
  created_at: string;
  updated_at: string;
};

export type CheckConclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required";

export type CheckRun = {
  id: number;
  repository_id: number;
  head_sha: string;
  name: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: CheckConclusion | null;
  external_id: string;
  details_url: string | null;
  started_at: string | null;
  completed_at: string | null;
  output: { title: string | null; summary: string | null; text: string | null };
};

/** What a token says of a commit, where an App would make a check run. */
export type CommitStatus = {
  id: number;
  repository_id: number;
  sha: string;
  state: "error" | "failure" | "pending" | "success";
  context: string;
  description: string | null;
  target_url: string | null;
  creator: string;
  created_at: string;
};

export type Protection = {
  id: number;
  repository_id: number;
  branch: string;
  strict: boolean;
  contexts: string[] | null;
  required_reviews: number | null;
  enforce_admins: boolean;
  required_linear_history: boolean;
  allow_force_pushes: boolean;
  allow_deletions: boolean;
};

export type Hook = {
  id: number;
  /** The repository it belongs to, or null for the webhook of an App. */
  repository_id: number | null;
  app_id: number | null;
  active: boolean;
  events: string[];
  url: string;
  content_type: "json" | "form";
  secret: string | null;
  insecure_ssl: string;
  created_at: string;
  updated_at: string;
  last_response: { code: number | null; status: string; message: string | null };
};

export type Delivery = {
  id: number;
  hook_id: number;
  app_id: number | null;
  guid: string;
  delivered_at: string;
  delivered_ms: number;
  redelivery: boolean;
  duration: number;
  status: string;
  status_code: number;
  event: string;
  action: string | null;
  installation_id: number | null;
  repository_id: number | null;
  url: string;
  request_headers: Record<string, string>;
  response_headers: Record<string, string>;
  response_body: string;
};

export type Workflow = {
  id: number;
  repository_id: number;
  path: string;
  name: string;
  state: "active" | "deleted" | "disabled_manually";
  created_at: string;
  updated_at: string;
};

export type RunStatus = "requested" | "queued" | "pending" | "waiting" | "in_progress" | "completed";
export type RunConclusion =
  | "success"
  | "failure"
  | "cancelled"
  | "timed_out"
  | "startup_failure"
  | "action_required"
  | "neutral"
  | "skipped"
  | "stale";

export type Run = {
  id: number;
  repository_id: number;
  workflow_id: number;
  workflow_path: string;
  workflow_name: string;
  display_title: string;
  run_number: number;
  run_attempt: number;
  event: string;
  head_branch: string;
  head_sha: string;
  /** The full ref that was dispatched, e.g. refs/tags/v1. */
  ref: string;
  status: RunStatus;
  conclusion: RunConclusion | null;
  actor: string;
  triggering_actor: string;
  created_at: string;
  updated_at: string;
  run_started_at: string;
  created_ms: number;
  /** Inputs as they were sent, after defaults: every value a string. */
  inputs: Record<string, string>;
  /** The same as the `inputs` context shows them. */
  typed_inputs: Record<string, string | boolean | number>;
  concurrency_group: string | null;
  logs_deleted: boolean;
};

/** A zip that a run uploaded; the file lies in the run's folder. */
export type RunArtifact = Artifact & { repository_id: number; run_id: number; run_attempt: number };

/** How an earlier attempt of a run ended. */
export type RunAttempt = { id: number; run_id: number; attempt: number; run: Run };

/** A job as the runner reports it, with the run it belongs to. Its check run has the same id. */
export type Job = JobRecord & {
  repository_id: number;
  run_id: number;
  run_attempt: number;
  head_sha: string;
  head_branch: string;
  workflow_name: string;
};

export type Environment = {
  id: number;
  repository_id: number;
  name: string;
  key: string;
  reviewers: string[];
  vars: Record<string, string>;
  secrets: Record<string, string>;
  created_at: string;
  updated_at: string;
};

/** A job that waits for a person to let it into an environment. */
export type Approval = {
  id: number;
  repository_id: number;
  run_id: number;
  run_attempt: number;
  environment: string;
  state: "waiting" | "approved" | "rejected";
  user: string | null;
  comment: string;
  created_at: string;
};

export type TokenKind = "personal" | "installation" | "run" | "oauth";

export type Token = {
  id: number;
  /** SHA-256 of the token, hex. */
  hash: string;
  kind: TokenKind;
  login: string;
  /** null: everything is allowed. */
  permissions: Permissions | null;
  /** null: every repository. */
  repository_ids: number[] | null;
  installation_id: number | null;
  run_id: number | null;
  scopes: string[];
  expires_at: string | null;
  created_at: string;
};

export type GithubApp = {
  id: number;
  slug: string;
  name: string;
  owner: string;
  client_id: string;
  client_secret: string;
  /** SPKI, PEM. */
  public_key: string;
  permissions: Permissions;
  events: string[];
  redirect_uris: string[];
  created_at: string;
  updated_at: string;
};

export type Installation = {
  id: number;
  app_id: number;
  account: string;
  /** null: all repositories of the account. */
  repository_ids: number[] | null;
  permissions: Permissions;
  events: string[];
  created_at: string;
  updated_at: string;
};

/** One line of the ledger: what the server saw or did, in order. */
export type LedgerEntry = {
  id: number;
  at: string;
  kind: string;
  repository_id: number | null;
  run_id: number | null;
  detail: Record<string, unknown>;
};
