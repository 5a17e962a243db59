import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@infraskill/client/client";
import type { Validation } from "@infraskill/contracts/diagnostic";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { RevisionWork } from "@infraskill/contracts/registry/work";
import type { TextToCheck } from "@infraskill/contracts/skill";
import { validatorEndpoints } from "@infraskill/contracts/validator-endpoints";
import { createGithub, type Github } from "@infraskill/github/github";
import { startLocalGithub } from "@infraskill/local-github/server";
import { createLogger } from "@infraskill/platform/logger";
import { startFaultyProxy, type FaultyProxy } from "@infraskill/testing/faulty-proxy";
import { startRecordingRegistry, type RecordingRegistry, type Row } from "@infraskill/testing/recording-registry";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import type { Tools } from "../src/tools.ts";

const token = "service-token";
const github_token = "ghp_test_token_of_the_worker";
const repository = "acme/skills";

/** One local GitHub behind a proxy that can go wrong, one registry that records, and the tools of a worker between them. */
export interface Bench extends AsyncDisposable {
  readonly registry: RecordingRegistry;
  readonly proxy: FaultyProxy;
  readonly tools: Tools;
  /** Past the proxy, for what people do on GitHub. */
  readonly github: Github;
  readonly variables: Record<string, string>;
}

export async function startBench(): Promise<Bench> {
  const data_dir = await mkdtemp(join(tmpdir(), "infraskill-worker-"));
  const local = await startLocalGithub({
    port: 0,
    host: "127.0.0.1",
    data_dir,
    token: github_token,
    login: "octocat",
    repository,
  });
  const proxy = await startFaultyProxy(local.url);
  const registry = await startRecordingRegistry(token);
  registry.answers.set("/internal/validate", ({ yaml_content }: TextToCheck) => verdictOn(yaml_content));
  const log = createLogger({ service: "test", level: "silent" });
  const connect = (api_url: string) => createGithub({ api_url, repository, auth: { token: github_token }, log });
  const api_url = `${proxy.url}/api/v3`;
  const headers = { authorization: `Bearer ${token}` };
  return {
    registry,
    proxy,
    github: connect(local.api_url),
    tools: {
      registry: createClient(registryEndpoints, { base_url: registry.base_url, headers }),
      validator: createClient(validatorEndpoints, { base_url: registry.base_url, headers }),
      github: connect(api_url),
      publisher: { publishAll: () => Promise.resolve(true) },
    },
    variables: {
      REGISTRY_URL: registry.base_url,
      REGISTRY_TOKEN: token,
      VALIDATOR_URL: registry.base_url,
      GITHUB_API_URL: api_url,
      GITHUB_REPOSITORY: repository,
      GITHUB_TOKEN: github_token,
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([proxy.stop(), registry.stop(), local.close()]);
      await rm(data_dir, { recursive: true, force: true });
    },
  };
}

/** The validator of the bench minds one word only. */
function verdictOn(text: string): Validation {
  const found = {
    source: "infraskill",
    severity: "error",
    rule: "bad-word",
    message: "A bad word",
    fix: null,
  } as const;
  const place = { line: 1, column: 1, end_line: 1, end_column: 2 };
  const valid = !text.includes("BAD");
  const hash = createHash("sha256").update(text).digest("hex");
  return { valid, hash, diagnostics: valid ? [] : [{ ...found, ...place }] };
}

let last_id = 0;

/** A revision as the registry would hand it out. Kept in the registry; jobs for it name `id` and `version`. */
export function keepRevision({ registry }: Bench, given: Partial<RevisionWork> = {}): RevisionWork & Row {
  last_id += 1;
  const skill_name = given.skill_name ?? `restart-${last_id}`;
  const empty = { type: "object", properties: {} };
  const yaml_content = generateSkillFile({
    name: skill_name,
    inputs_schema: empty,
    outputs_schema: empty,
    commands: [{ run: "echo hello" }],
  });
  const work = {
    id: last_id,
    version: 3,
    status: "opening_pr",
    revision: 1,
    skill_name,
    description: "Says hello.",
    category: "general",
    inputs_schema: empty,
    outputs_schema: empty,
    yaml_content,
    hash: "0".repeat(64),
    diagnostics: [],
    created_by: "alice",
    created_at: new Date().toISOString(),
    pr_number: null,
    pr_url: null,
    pr_etag: null,
    merge_commit_sha: null,
    active: null,
    replaced_pr_numbers: [],
    ...given,
  } satisfies RevisionWork;
  registry.rows.set(`/internal/revisions/${work.id}`, work);
  return work;
}

export const context = {
  log: createLogger({ service: "test", level: "silent" }),
  job_id: "job",
  attempt: 1,
  signal: new AbortController().signal,
};
