import { arch, platform } from "node:os";
import { join } from "node:path";
import type { JobSession } from "../job/session.ts";
import type { FileCommands } from "./file-commands.ts";
import type { Frame } from "./frame.ts";
import { searchPath } from "./programs.ts";

/** The `runner` context; RUNNER_* are made of it. */
export function runnerContext(
  record: { readonly runner_name: string | null },
  temp: string,
  tools: string,
  debug: boolean,
): Record<string, string> {
  return {
    name: record.runner_name ?? "",
    os: platform() === "darwin" ? "macOS" : "Linux",
    arch: arch() === "arm64" ? "ARM64" : "X64",
    environment: "self-hosted",
    temp,
    tool_cache: tools,
    ...(debug ? { debug: "1" } : {}),
  };
}

/**
 * The whole environment of a step's process. `env` of workflow, job and step cannot replace GITHUB_* and RUNNER_*.
 */
export function processEnv(
  frame: Frame,
  step_id: string,
  env: Readonly<Record<string, string>>,
  files: FileCommands,
): Record<string, string> {
  const { session } = frame;
  const given = { ...session.env, ...frame.env, ...env };
  return {
    HOME: session.folders.home,
    LANG: "C.UTF-8",
    CI: "true",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    ...given,
    PATH: searchPath(session, given),
    ...githubVariables(frame, step_id, files),
    ...runnerVariables(session),
    ...identityVariables(session),
  };
}

/** The keys of the `github` context that become variables; the token is not among them. */
const exposed = [
  "actor",
  "actor_id",
  "api_url",
  "base_ref",
  "event_name",
  "graphql_url",
  "head_ref",
  "job",
  "ref",
  "ref_name",
  "ref_protected",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "retention_days",
  "run_attempt",
  "run_id",
  "run_number",
  "server_url",
  "sha",
  "triggering_actor",
  "workflow",
  "workflow_ref",
  "workflow_sha",
] as const;

function githubVariables(frame: Frame, step_id: string, files: FileCommands): Record<string, string> {
  const github = frame.session.contexts.github as Record<string, string | boolean>;
  const { folders } = frame.session;
  return {
    ...Object.fromEntries(exposed.map((key) => [`GITHUB_${key.toUpperCase()}`, String(github[key] ?? "")])),
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION: step_id,
    ...(frame.action === null
      ? {}
      : {
          GITHUB_ACTION_PATH: frame.action.path,
          GITHUB_ACTION_REPOSITORY: frame.action.repository,
          GITHUB_ACTION_REF: frame.action.ref,
        }),
    GITHUB_WORKSPACE: folders.workspace,
    GITHUB_EVENT_PATH: folders.event_path,
    GITHUB_OUTPUT: files.output,
    GITHUB_ENV: files.env,
    GITHUB_PATH: files.path,
    GITHUB_STATE: files.state,
    GITHUB_STEP_SUMMARY: files.summary,
  };
}

function runnerVariables(session: JobSession): Record<string, string> {
  const runner = session.contexts.runner as Record<string, string>;
  return {
    ...Object.fromEntries(Object.entries(runner).map(([key, value]) => [`RUNNER_${key.toUpperCase()}`, value])),
    RUNNER_WORKSPACE: join(session.folders.workspace, ".."),
    RUNNER_TRACKING_ID: trackingId(session),
  };
}

/** Stands in the environment of all of a job's processes, so that left-overs can be told from strangers. */
export function trackingId(session: JobSession): string {
  return `local_${session.record.id}_${session.run.request.run.id}`;
}

/** Only a job with `id-token: write` can ask for an identity token. */
function identityVariables(session: JobSession): Record<string, string> {
  const { oidc } = session.run.request;
  if (oidc === null || session.record.permissions["id-token"] !== "write") return {};
  const token = oidc.token_for(session.record.key);
  session.masker.add(token);
  return { ACTIONS_ID_TOKEN_REQUEST_URL: oidc.request_url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token };
}
