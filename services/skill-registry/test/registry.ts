import { createClient } from "@infraskill/client/client";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { SkillText } from "@infraskill/contracts/registry/skills";
import type { RevisionEvent, RunClaims, RunFacts } from "@infraskill/contracts/worker-events";
import { readConfig } from "@infraskill/platform/config";
import { createLogger } from "@infraskill/platform/logger";
import { createTestDatabase } from "@infraskill/testing/test-database";
import { testRedisUrl } from "@infraskill/testing/test-redis";
import { until } from "@infraskill/testing/until";
import { Pool } from "pg";
import { migrate } from "../src/database/migrate.ts";
import { Config } from "../src/config.ts";
import { start } from "../src/service.ts";

export const repository = "acme/skills";
export const commit = "c".repeat(40);
export const blob = "b".repeat(40);

type StartOptions = { time_scale?: number; sweep_every_ms?: number; variables?: Record<string, string> };

/** A registry on its own database, listening; `calls` speaks its private API, `query` looks into its tables. */
export async function startRegistry({ time_scale = 1, sweep_every_ms = 60_000, variables = {} }: StartOptions = {}) {
  const database = await createTestDatabase({ template: "registry", migrate });
  const redis_url = await testRedisUrl();
  const config = readConfig(Config, {
    REGISTRY_HOST: "127.0.0.1",
    REGISTRY_PORT: "0",
    REGISTRY_TOKEN: "service-token",
    DATABASE_URL: database.url,
    REDIS_URL: redis_url,
    GITHUB_REPOSITORY: repository,
    ADMIN_TOKEN: "isk_admin_token_of_this_test",
    ...variables,
  });
  const service = await start(
    { ...config, SWEEP_EVERY_MS: sweep_every_ms, TIME_SCALE: time_scale },
    createLogger({ service: "skill-registry", level: "silent" }),
  );
  await until(async () => (await fetch(`${service.url}/readyz`)).status === 200, { what: "a ready registry" });
  const pool = new Pool({ connectionString: database.url, max: 4 });
  const calls = createClient(registryEndpoints, {
    base_url: service.url,
    headers: { authorization: "Bearer service-token" },
  });
  return {
    url: service.url,
    redis_url,
    calls,
    query: async (text: string, values: unknown[] = []) =>
      (await pool.query<Record<string, unknown>>(text, values)).rows,
    /** A connection for a transaction of the test's own; to be released. */
    connect: () => pool.connect(),
    async stop() {
      await service.stop();
      await pool.end();
      await database.drop();
    },
  };
}

export type Registry = Awaited<ReturnType<typeof startRegistry>>;

export function skillText(name: string, change: Partial<SkillText> = {}): SkillText {
  return {
    name,
    description: `What ${name} does`,
    category: "test",
    inputs_schema: { type: "object", properties: { host: { type: "string" } }, required: ["host"] },
    outputs_schema: { type: "object", properties: { freed: { type: "integer" } } },
    yaml_content: `name: ${name}\n`,
    ...change,
  };
}

/** Takes a skill all the way to active, as the workers would. */
export async function activate({ calls, query }: Registry, name: string): Promise<void> {
  await calls.createSkill({ body: { actor: "ada", skill: skillText(name) } });
  await activateNewest({ calls, query } as Registry, name);
}

export async function activateNewest({ calls, query }: Registry, name: string, rules_version?: string): Promise<void> {
  const [row] = await query(
    "select r.id, r.hash, r.revision, r.yaml_content from skill_revisions r join skills s on s.id = r.skill_id where s.name = $1 order by r.revision desc limit 1",
    [name],
  );
  const { id, hash, yaml_content } = row as { id: number; hash: string; yaml_content: string };
  const pr_number = 1_000 + id;
  const events: RevisionEvent[] = [
    { type: "found_valid", hash, diagnostics: [], rules_version },
    { type: "pr_opened", pr_number, pr_url: `https://github.test/pull/${pr_number}`, head_sha: commit, blob_sha: blob },
    { type: "merged", merge_commit_sha: commit },
    {
      type: "activated",
      commit_hash: commit,
      blob_sha: blob,
      workflow_id: 7,
      repository_id: 1,
      yaml_content,
      hash,
      diagnostics: [],
    },
  ];
  for (const event of events) {
    const work = await must(calls.revisionWork({ params: { id } }));
    const applied = await must(calls.reportRevision({ params: { id }, body: { version: work.version, event } }));
    if (!applied.applied) throw new Error(applied.reason);
  }
}

/** A run of the execution as GitHub tells it. */
export function run(execution_id: string, change: Partial<RunFacts> = {}): RunFacts {
  return {
    run_id: 42,
    run_attempt: 1,
    run_url: "https://github.test/runs/42",
    head_sha: commit,
    path: ".github/workflows/skill-x.yml",
    display_title: `x · ${execution_id}`,
    status: "in_progress",
    conclusion: null,
    ...change,
  };
}

/** The claims of run 42 of the first revision of the skill. */
export function claimsOf(name: string, change: Partial<RunClaims> = {}): RunClaims {
  const ref = `refs/tags/skill/${name}/1`;
  return {
    repository,
    repository_id: "1",
    run_id: "42",
    run_attempt: "1",
    event_name: "workflow_dispatch",
    ref,
    sha: commit,
    workflow_ref: `${repository}/.github/workflows/skill-${name}.yml@${ref}`,
    ...change,
  };
}

/** Makes every change of an execution fail, as a fault of ours would. Answers how to repair it. */
export async function breakUpdates({ query }: Registry, execution_id: string): Promise<() => Promise<unknown>> {
  await query(`
    create function break_update() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`);
  await query(`
    create trigger break_update before update on skill_executions
    for each row when (old.execution_id = '${execution_id}') execute function break_update()`);
  return () => query("drop function break_update() cascade");
}

type Settled<B> = { ok: true; body: B } | { ok: false; status: number; problem: { detail: string } };

/** Changes rows in a transaction that is committed only once `act` waits for them, so that it has read what was there before. */
export async function overtaking<T>(
  { connect, query }: Registry,
  change: { text: string; values: unknown[] },
  act: () => Promise<T>,
): Promise<T> {
  const other = await connect();
  try {
    await other.query("begin");
    await other.query(change.text, change.values);
    const acting = act();
    await someoneWaitsIn({ query });
    await other.query("commit");
    return await acting;
  } finally {
    other.release();
  }
}

/** Resolves once a statement waits for a lock of another transaction. */
export async function someoneWaitsIn({ query }: Pick<Registry, "query">): Promise<void> {
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  await until(async () => (await query(waiting)).length > 0, { what: "somebody who waits for the rows" });
}

/** The body of an answer that must be a success. */
export async function must<B>(answer: Promise<Settled<B>>): Promise<B> {
  const settled = await answer;
  if (!settled.ok) throw new Error(`refused with ${settled.status}: ${settled.problem.detail}`);
  return settled.body;
}
