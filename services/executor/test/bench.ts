import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@infraskill/client/client";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { ExecutionWork } from "@infraskill/contracts/registry/work";
import { revisionTag, skillPath } from "@infraskill/contracts/skill";
import { createGithub, type Github } from "@infraskill/github/github";
import { startLocalGithub } from "@infraskill/local-github/server";
import { createLogger } from "@infraskill/platform/logger";
import { startFaultyProxy, type FaultyProxy } from "@infraskill/testing/faulty-proxy";
import { startRecordingRegistry, type RecordingRegistry, type Row } from "@infraskill/testing/recording-registry";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { createFindRun } from "../src/runs/find-run.ts";
import type { Tools } from "../src/tools.ts";

const token = "service-token";
const github_token = "ghp_test_token_of_the_executor";
const repository = "acme/skills";
const log = createLogger({ service: "test", level: "silent" });

/** One local GitHub behind a proxy that can go wrong, one registry that records, and a gateway that says yes to every run. */
export interface Bench extends AsyncDisposable {
  readonly registry: RecordingRegistry;
  readonly proxy: FaultyProxy;
  /** Past the proxy. */
  readonly github: Github;
  readonly variables: Record<string, string>;
  /** New ones for each test: they remember what the server can do. */
  readonly makeTools: () => Tools;
}

export async function startBench(limits: { minute_ms?: number } = {}): Promise<Bench> {
  const data_dir = await mkdtemp(join(tmpdir(), "infraskill-executor-"));
  const local = await startLocalGithub({
    port: 0,
    host: "127.0.0.1",
    data_dir,
    token: github_token,
    login: "octocat",
    repository,
    limits,
  });
  const proxy = await startFaultyProxy(local.url);
  const registry = await startRecordingRegistry(token);
  const gateway = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200, { "content-type": "application/json" }).end("{}"));
  });
  await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  const public_url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const connect = (api_url: string) => createGithub({ api_url, repository, auth: { token: github_token }, log });
  const api_url = `${proxy.url}/api/v3`;
  const headers = { authorization: `Bearer ${token}` };
  return {
    registry,
    proxy,
    github: connect(local.api_url),
    makeTools: () => {
      const github = connect(api_url);
      return {
        registry: createClient(registryEndpoints, { base_url: registry.base_url, headers }),
        github,
        findRun: createFindRun(github),
        publisher: { publishAll: () => Promise.resolve(true) },
        callback_url: `${public_url}/api/skills/callback`,
      };
    },
    variables: {
      REGISTRY_URL: registry.base_url,
      REGISTRY_TOKEN: token,
      PUBLIC_URL: public_url,
      GITHUB_API_URL: api_url,
      GITHUB_REPOSITORY: repository,
      GITHUB_TOKEN: github_token,
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([proxy.stop(), registry.stop(), local.close()]);
      gateway.closeAllConnections();
      await new Promise((resolve) => gateway.close(resolve));
      await rm(data_dir, { recursive: true, force: true });
    },
  };
}

export type Skill = { name: string; commit: string };

const inputs_schema = { type: "object", properties: { greeting: { type: "string" }, times: { type: "integer" } } };

/** A skill that stands on the default branch and is pinned, as an active revision is. */
export async function makeSkill({ github: { octokit, repository } }: Bench, name: string, run: string): Promise<Skill> {
  const outputs_schema = { type: "object", properties: {} };
  const text = generateSkillFile({ name, inputs_schema, outputs_schema, commands: [{ name: "Do it", run }] });
  const { data } = await octokit.request("PUT /repos/{owner}/{repo}/contents/{path}", {
    ...repository,
    path: skillPath(name),
    message: `Add ${name}`,
    content: Buffer.from(text).toString("base64"),
  });
  const commit = data.commit.sha ?? "";
  const ref = `refs/tags/${revisionTag(name, 1)}`;
  await octokit.request("POST /repos/{owner}/{repo}/git/refs", { ...repository, ref, sha: commit });
  return { name, commit };
}

/** An execution as the registry would hand it out. Its row follows the reports a dispatch makes, as the registry would have it. */
export function keepExecution(
  { registry }: Bench,
  skill: Skill,
  given: Partial<ExecutionWork> = {},
): ExecutionWork & Row {
  const execution_id = randomUUID();
  const now = new Date().toISOString();
  const work = {
    execution_id,
    version: 3,
    status: "queued",
    skill_name: skill.name,
    revision: 1,
    github_path: skillPath(skill.name),
    ref: revisionTag(skill.name, 1),
    commit_hash: skill.commit,
    inputs: { greeting: "hello", times: 2 },
    inputs_schema,
    github_run_id: null,
    run_attempt: null,
    claimed_attempt: null,
    kept_logs: [],
    dispatch_attempts: 0,
    created_at: now,
    completed_at: null,
    dispatch_started_at: null,
    look_up_until: null,
    cancel_sent: false,
    deadline_at: null,
    force_cancel_at: null,
    logs_owed: false,
    now,
    ...given,
  } satisfies ExecutionWork;
  registry.rows.set(`/internal/executions/${execution_id}/work`, work);
  return work;
}

export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();

export const context = { log, job_id: "job", attempt: 1, signal: new AbortController().signal };
