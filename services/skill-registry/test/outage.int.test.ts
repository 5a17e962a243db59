import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "@infraskill/embedded/free-port";
import type { LocalServer } from "@infraskill/embedded/launch";
import { startPostgres } from "@infraskill/embedded/postgres";
import { createLogger } from "@infraskill/platform/logger";
import { readConfig } from "@infraskill/platform/config";
import { createClient } from "@infraskill/client/client";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { testRedisUrl } from "@infraskill/testing/test-redis";
import { until } from "@infraskill/testing/until";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Config } from "../src/config.ts";
import { start } from "../src/service.ts";
import { skillText } from "./registry.ts";

// A Postgres of this file's own, because it is stopped, killed and frozen.
let folder: string;
let postgres: LocalServer;
let registry: Awaited<ReturnType<typeof start>>;
let startAgain: () => Promise<LocalServer>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-outage-"));
  const port = await freePort();
  startAgain = () =>
    startPostgres({ data_dir: join(folder, "postgres"), port, log: () => undefined, stop_with_parent: true });
  // Its password is made at the first start; the registry under test starts while nothing listens.
  postgres = await startAgain();
  await postgres.stop();
  const config = readConfig(Config, {
    REGISTRY_HOST: "127.0.0.1",
    REGISTRY_PORT: "0",
    REGISTRY_TOKEN: "service-token",
    DATABASE_URL: postgres.url,
    REDIS_URL: await testRedisUrl(),
    GITHUB_REPOSITORY: "acme/skills",
    MIGRATE: "true",
  });
  registry = await start(config, createLogger({ service: "skill-registry", level: "silent" }));
});
afterAll(async () => {
  await registry.stop();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const readiness = async () => {
  const answer = await fetch(`${registry.url}/readyz`);
  return { status: answer.status, body: await answer.text() };
};
const calls = () =>
  createClient(registryEndpoints, { base_url: registry.url, headers: { authorization: "Bearer service-token" } });
const create = (name: string) => calls().createSkill({ body: { actor: "ada", skill: skillText(name) } });
const healed = (what: string) =>
  until(async () => (await readiness()).status === 200, { timeout_ms: 5_000, what: `healing after ${what}` });

async function expectUnavailable(): Promise<void> {
  const before = performance.now();
  const answer = await fetch(`${registry.url}/internal/skills?limit=1`, {
    headers: { authorization: "Bearer service-token" },
  });
  expect(performance.now() - before).toBeLessThan(3_000);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  expect((await readiness()).status).toBe(503);
}

async function names(): Promise<string[]> {
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  const { rows } = await pool.query<{ name: string }>("select name from skills order by name");
  await pool.end();
  return rows.map(({ name }) => name);
}

it("started before Postgres, it says so, and prepares the database once it is there", async () => {
  await expectUnavailable();
  expect((await readiness()).body).toContain("the database is not prepared");
  postgres = await startAgain();
  await until(async () => (await readiness()).status === 200, { timeout_ms: 20_000, what: "a prepared registry" });
  expect((await create("first")).ok).toBe(true);
});

it("answers 503 while Postgres is down, and heals within 5 s of its return", async () => {
  await postgres.stop();
  await expectUnavailable();
  expect(await create("while-down")).toMatchObject({ ok: false, status: 503 });
  postgres = await startAgain();
  await healed("an outage");
  expect(await names()).toEqual(["first"]);
});

it("answers 503 within 3 s while Postgres hangs, heals within 5 s, and what was refused is not half done", async () => {
  const pool = new Pool({ connectionString: postgres.url, max: 1 });
  const { rows } = await pool.query<{ pid: number }>("select pid from pg_stat_activity");
  const frozen = [postgres.pid, ...rows.map(({ pid }) => pid)];
  try {
    for (const pid of frozen) process.kill(pid, "SIGSTOP");
    await expectUnavailable();
    const before = performance.now();
    expect(await create("while-hanging")).toMatchObject({ ok: false, status: 503 });
    expect(performance.now() - before).toBeLessThan(3_000);
  } finally {
    for (const pid of frozen) process.kill(pid, "SIGCONT");
  }
  await healed("a hang");
  await pool.end();
  const [skills] = [await names()];
  const again = await create("while-hanging");
  // Either nothing of it is there and it can be made now, or all of it is.
  expect(again).toMatchObject(skills.includes("while-hanging") ? { ok: false, status: 409 } : { ok: true });
});

it("has every change it said yes to on disk when Postgres is killed under it", async () => {
  const accepted: string[] = [];
  const refused: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const asking = Array.from({ length: 10 }, async (_, n) => {
      const name = `round-${round}-${n}`;
      const answer = await create(name);
      if (answer.ok) accepted.push(name);
      else refused.push(answer.status);
    });
    await asking[0];
    process.kill(postgres.pid, "SIGKILL");
    await Promise.all(asking);
    postgres = await startAgain();
    await healed("a kill");
  }
  expect(accepted.length).toBeGreaterThan(0);
  expect(refused.filter((status) => status !== 503)).toEqual([]);
  expect(await names()).toEqual(expect.arrayContaining(accepted));
});
