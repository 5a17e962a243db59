import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@infraskill/platform/logger";
import { connectRedis } from "@infraskill/platform/redis";
import { until } from "@infraskill/testing/until";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { draft, execute, makeActive, waitForEnd, waitForSkill } from "./journey.ts";
import { type ServerName, type ServicesAlone, startServicesAlone } from "./services-alone.ts";
import { must } from "./system.ts";

/** By service: what its readiness names, which server is behind it, and whether it is not ready without. */
const needs: Readonly<Record<string, Readonly<Record<string, readonly [ServerName, "needed" | "wanted"]>>>> = {
  "skill-registry": { postgres: ["postgres", "needed"], redis: ["redis", "wanted"] },
  gateway: { registry: ["postgres", "needed"], redis: ["redis", "wanted"] },
  validator: { redis: ["redis", "wanted"] },
  "github-worker": { redis: ["redis", "needed"], github: ["github", "wanted"] },
  executor: { redis: ["redis", "needed"], github: ["github", "wanted"] },
};
const names = Object.keys(needs);

let folder: string;
let services: ServicesAlone;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-orders-"));
});
afterAll(async () => {
  await services?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(({ task }) => {
  if (task.result?.state === "fail") console.log(services?.lines.join("\n"));
});

/** What each service says of itself: how ready it is, and what it misses. */
async function told(): Promise<Record<string, { status: string; answer: number; down: string[] }>> {
  const answers = names.map(async (name) => {
    const { status, health } = await services.readiness(name);
    const down = Object.entries(health.checks).filter(([, check]) => check.status === "down");
    return [name, { status: health.status, answer: status, down: down.map(([check]) => check).sort() }] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}

function expected(missing: readonly ServerName[]): Awaited<ReturnType<typeof told>> {
  const states = names.map((name) => {
    const down = Object.entries(needs[name] ?? {}).filter(([, [server]]) => missing.includes(server));
    const is_down = down.some(([, [, how]]) => how === "needed");
    const status = is_down ? "down" : down.length > 0 ? "degraded" : "ready";
    return [name, { status, answer: is_down ? 503 : 200, down: down.map(([check]) => check).sort() }] as const;
  });
  return Object.fromEntries(states);
}

/** Waits until every service misses just what is missing, and says what they say otherwise. */
async function settle(missing: readonly ServerName[], timeout_ms: number): Promise<void> {
  let last: unknown;
  const fits = async () => {
    last = await told();
    return JSON.stringify(last) === JSON.stringify(expected(missing));
  };
  await until(fits, { timeout_ms, every_ms: 100 }).catch(() => undefined);
  expect(last).toEqual(expected(missing));
}

it.each<{ order: ServerName[]; data: string }>([
  { order: ["postgres", "redis", "github"], data: "new" },
  { order: ["github", "redis", "postgres"], data: "found again" },
])("services started before all else wait for $order in this order, and then work (data $data)", async ({ order }) => {
  await services?.stop();
  services = await startServicesAlone(join(folder, "data"));
  await settle(order, 30_000);
  expect(await Promise.all(names.map((name) => services.isAlive(name)))).toEqual(names.map(() => true));
  expect(await services.api.listSkills({ query: {} })).toMatchObject({ ok: false, status: 503 });

  for (const [n, server] of order.entries()) {
    await services.bringUp(server);
    await settle(order.slice(n + 1), 15_000);
  }
  const name = `after-${order[0]}`;
  await makeActive(services, draft(name));
  const ended = await waitForEnd(services, await execute(services, name, { message: "hello" }));
  expect(ended).toMatchObject({ status: "succeeded", outputs: { said: "hello" } });
  expect(services.deaths).toEqual([]);
});

// With the services of the last order.
it.each([
  { what: "has no memory left", setting: "maxmemory", wrong: "1", right: "0", told: "Redis has reached its maxmemory" },
  {
    what: "may evict jobs",
    setting: "maxmemory-policy",
    wrong: "allkeys-lru",
    right: "noeviction",
    told: "maxmemory-policy is allkeys-lru, it must be noeviction",
  },
])(
  "while Redis $what every process says so, requests are answered, and what they asked for comes afterwards",
  async ({ setting, wrong, right, told }) => {
    const redis = connectRedis(services.redis_url, {
      role: "worker",
      log: createLogger({ service: "test", level: "silent" }),
    });
    const name = `despite-${setting}`;
    try {
      await redis.config("SET", setting, wrong);
      await settle(["redis"], 15_000);
      for (const service of names) {
        const { health } = await services.readiness(service);
        expect([service, health.checks["redis"]?.detail]).toEqual([service, expect.stringContaining(told)]);
      }
      const before = performance.now();
      await must(services.api.createSkill({ body: draft(name) }));
      expect(performance.now() - before).toBeLessThan(2_000);
    } finally {
      await redis.config("SET", setting, right);
      redis.disconnect();
    }
    await waitForSkill(services, name, "pending_approval", 30_000);
    await settle([], 15_000);
  },
);
