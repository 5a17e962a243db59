import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalServer } from "../src/launch.ts";
import { identifyProcess } from "../src/process-identity.ts";
import { startRedis } from "../src/redis.ts";

let folder: string;
let started: LocalServer[] = [];
const messages: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "infraskill-embedded-"));
  messages.length = 0;
});

afterEach(async () => {
  await Promise.all(started.map((server) => server.stop()));
  started = [];
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<LocalServer> {
  const log = (message: string) => messages.push(message);
  const server = await startRedis({ data_dir: join(folder, "redis"), log, stop_with_parent: true });
  started.push(server);
  return server;
}

async function withRedis<T>(server: LocalServer, act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(server.url);
  try {
    return await act(redis);
  } finally {
    redis.disconnect();
  }
}

test("what was written is there after a stop and another start", async () => {
  const first = await start();
  await withRedis(first, (redis) => redis.set("key", "kept"));
  await first.stop();
  expect(await withRedis(await start(), (redis) => redis.get("key"))).toBe("kept");
});

test("it is set up as BullMQ needs it", async () => {
  const settings = await withRedis(await start(), async (redis) => [
    await redis.config("GET", "maxmemory-policy"),
    await redis.config("GET", "appendonly"),
    await redis.config("GET", "save"),
    await redis.config("GET", "bind"),
  ]);
  expect(settings).toEqual([
    ["maxmemory-policy", "noeviction"],
    ["appendonly", "yes"],
    ["save", ""],
    ["bind", "127.0.0.1"],
  ]);
});

test("a server that a killed start left running is stopped before the next one starts", async () => {
  const left = await start();
  await withRedis(left, (redis) => redis.set("key", "kept"));
  const next = await start();
  expect(messages).toContain(`stopped a Redis that an earlier start left running (process ${left.pid})`);
  expect(await identifyProcess(left.pid)).toBeUndefined();
  expect(await withRedis(next, (redis) => redis.get("key"))).toBe("kept");
});
