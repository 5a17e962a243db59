import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "@infraskill/embedded/free-port";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { createLogger } from "../src/logger.ts";
import { createMetrics } from "../src/metrics.ts";
import type { Service } from "../src/process.ts";
import { createPublisher } from "../src/queue.ts";
import { connectRedis, redisCheck } from "../src/redis.ts";
import { startWorkers, UnrecoverableError, type JobHandler } from "../src/worker.ts";
import { createTestRedis } from "./fixtures/redis.ts";

const log = createLogger({ service: "test", level: "silent" });
const Payload = z.strictObject({ id: z.string() });
const policy = { attempts: 3, backoff_ms: 10, keep: { completed: 100, failed: 100 } };

let redis: Awaited<ReturnType<typeof createTestRedis>>;
const running: Service[] = [];

beforeAll(async () => {
  redis = await createTestRedis(await freePort());
  await redis.start();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((service) => service.stop()));
  const admin = new Redis(redis.url);
  await admin.flushall();
  admin.disconnect();
});
afterAll(() => redis.remove());

function publisher() {
  const made = createPublisher({ redis_url: redis.url, policies: { work: policy, other: policy }, log });
  running.push(made);
  return made;
}

type Handle = JobHandler<z.infer<typeof Payload>>["handle"];

function workers(
  handle: Handle,
  tuning: { onSuspectStuck?: (error: Error) => void; stuck_after_ms?: number; stop_limit_ms?: number } = {},
) {
  const service = startWorkers({
    redis_url: redis.url,
    payload: Payload,
    handlers: { work: { concurrency: 4, handle }, other: { concurrency: 1, handle } },
    log,
    metrics: createMetrics("test"),
    onSuspectStuck: (error) => expect.unreachable(error.message),
    ...tuning,
  });
  running.push(service);
  return service;
}

it("says that a connection was lost, and nothing of one that it ended itself", async () => {
  const lines: string[] = [];
  const loud = createLogger({ service: "test", to: { write: (line) => void lines.push(line) } });
  const said = (message: string) => lines.filter((line) => line.includes(message)).length;
  const connection = connectRedis(redis.url, { role: "producer", log: loud });
  await vi.waitFor(() => expect(said("Redis connected")).toBe(1));
  await connection.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no").catch(() => undefined);
  await vi.waitFor(() => expect([said("Redis connection lost"), said("Redis connected")]).toEqual([1, 2]));
  const ended = once(connection, "end");
  connection.disconnect();
  await ended;
  expect(said("Redis connection lost")).toBe(1);
});

const job = (id: string, queue: "work" | "other" = "work") => ({ queue, job_id: `row-${id}-v1`, payload: { id } });
const soon = { timeout: 10_000, interval: 20 };

describe("publishing", () => {
  it("reaches the workers of every queue, once per job id", async () => {
    const seen: string[] = [];
    const publish = publisher();
    await vi.waitFor(
      async () => expect(await publish.publishAll([job("a"), job("a"), job("b", "other")])).toBe(true),
      soon,
    );
    expect(await publish.depths()).toMatchObject({ work: { waiting: 1 }, other: { waiting: 1 } });
    workers(async ({ id }, { attempt }) => void seen.push(`${id}${attempt}`));
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(["a1", "b1"]), soon);
  });

  it("answers false at once while Redis is down, and works when it is back", async () => {
    const publish = publisher();
    await vi.waitFor(async () => expect(await publish.publish(job("a"))).toBe(true), soon);
    await redis.stop();
    const before = performance.now();
    expect(await publish.publish(job("b"))).toBe(false);
    expect(performance.now() - before).toBeLessThan(300);
    await expect(redisCheck(publish.redis, { needed: false }).check(AbortSignal.any([]))).rejects.toThrow(
      "cannot reach Redis",
    );
    await redis.start();
    await vi.waitFor(async () => expect(await publish.publish(job("c"))).toBe(true), soon);
  });

  it("answers false within 300 ms while Redis hangs", async () => {
    const publish = publisher();
    await vi.waitFor(async () => expect(await publish.publish(job("a"))).toBe(true), soon);
    process.kill(redis.pid(), "SIGSTOP");
    try {
      const before = performance.now();
      expect(await publish.publish(job("b"))).toBe(false);
      expect(performance.now() - before).toBeLessThan(400);
    } finally {
      process.kill(redis.pid(), "SIGCONT");
    }
  });

  it("answers false when Redis has no memory left, and the health check says so", async () => {
    const publish = publisher();
    await vi.waitFor(async () => expect(await publish.publish(job("a"))).toBe(true), soon);
    const check = () => redisCheck(publish.redis, { needed: true }).check(AbortSignal.any([]));
    await expect(check()).resolves.toBeUndefined();
    await publish.redis.config("SET", "maxmemory", "1");
    expect(await publish.publish(job("b"))).toBe(false);
    await expect(check()).rejects.toThrow("maxmemory");
    await publish.redis.config("SET", "maxmemory", "0");
    await publish.redis.config("SET", "maxmemory-policy", "allkeys-lru");
    await expect(check()).rejects.toThrow("must be noeviction");
    await publish.redis.config("SET", "maxmemory-policy", "noeviction");
  });
});

describe("workers", () => {
  it("try a job again as its policy says, and give up at once when told so or when the payload does not fit", async () => {
    const seen: string[] = [];
    const publish = publisher();
    workers(async ({ id }) => {
      seen.push(id);
      if (id === "flaky" && seen.filter((other) => other === id).length < 3) throw new Error("not yet");
      if (id === "hopeless") throw new UnrecoverableError("never");
    });
    const poison = { queue: "work", job_id: "row-poison", payload: { nope: 1 } } as const;
    const batch = [poison, job("hopeless"), job("flaky"), job("good")];
    await vi.waitFor(async () => expect(await publish.publishAll(batch)).toBe(true), soon);
    await vi.waitFor(() => expect(seen.toSorted()).toEqual(["flaky", "flaky", "flaky", "good", "hopeless"]), soon);
    await vi.waitFor(
      async () =>
        expect(await publish.depths()).toMatchObject({ work: { failed: 2, waiting: 0, active: 0, delayed: 0 } }),
      soon,
    );
  });

  it("started before Redis, and through its outage, work as soon as it is back", async () => {
    const seen: string[] = [];
    await redis.stop();
    workers(async ({ id }) => void seen.push(id));
    const publish = publisher();
    for (const id of ["first", "second"]) {
      await redis.start();
      await vi.waitFor(async () => expect(await publish.publish(job(id))).toBe(true), soon);
      await vi.waitFor(() => expect(seen).toContain(id), { timeout: 30_000, interval: 20 });
      if (id === "first") await redis.stop();
    }
  });

  it("go on after everything in Redis was wiped", async () => {
    const seen: string[] = [];
    workers(async ({ id }) => void seen.push(id));
    const publish = publisher();
    await vi.waitFor(async () => expect(await publish.publish(job("a"))).toBe(true), soon);
    await vi.waitFor(() => expect(seen).toEqual(["a"]), soon);
    await publish.redis.flushall();
    expect(await publish.publish(job("a"))).toBe(true);
    await vi.waitFor(() => expect(seen).toEqual(["a", "a"]), soon);
  });

  it("take up the job of a killed worker within 12 s", async () => {
    const publish = publisher();
    await vi.waitFor(async () => expect(await publish.publish(job("a"))).toBe(true), soon);
    const child = spawn(process.execPath, [join(import.meta.dirname, "fixtures/worker.ts"), redis.url], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const seen: string[] = [];
    workers(async ({ id }) => void seen.push(id));
    child.kill("SIGKILL");
    const killed_at = performance.now();
    await vi.waitFor(() => expect(seen).toEqual(["a"]), { timeout: 20_000, interval: 20 });
    expect(performance.now() - killed_at).toBeLessThan(12_500);
  });

  it("finish what they have before they stop, and tell the job", async () => {
    const seen: string[] = [];
    const publish = publisher();
    const service = workers(async (_payload, { signal }) => {
      seen.push("taken");
      await once(signal, "abort");
      seen.push("ended");
    });
    await vi.waitFor(async () => expect(await publish.publish(job("a"))).toBe(true), soon);
    await vi.waitFor(() => expect(seen).toEqual(["taken"]), soon);
    await service.stop();
    expect(seen).toEqual(["taken", "ended"]);
    await vi.waitFor(
      async () => expect(await publish.depths()).toMatchObject({ work: { active: 0, waiting: 0 } }),
      soon,
    );
  });

  it("stop in bounded time when a job does not end or Redis is away", async () => {
    const publish = publisher();
    let taken = false;
    const service = workers(
      async () => {
        taken = true;
        await new Promise(() => undefined);
      },
      { stop_limit_ms: 200 },
    );
    await vi.waitFor(async () => expect(await publish.publish(job("a"))).toBe(true), soon);
    await vi.waitFor(() => expect(taken).toBe(true), soon);
    await redis.stop();
    const before = performance.now();
    await service.stop();
    expect(performance.now() - before).toBeLessThan(1_500);
    await redis.start();
  });

  it("report jobs that wait although nothing is being done", async () => {
    const publish = publisher();
    const suspicions: string[] = [];
    const service = startWorkers({
      redis_url: redis.url,
      payload: Payload,
      // BullMQ's global concurrency of 0 takes no job: the picture a stuck worker gives.
      handlers: { work: { concurrency: 1, handle: async () => undefined } },
      log,
      metrics: createMetrics("test"),
      onSuspectStuck: (error) => suspicions.push(error.message),
      stuck_after_ms: 300,
    });
    running.push(service);
    await vi.waitFor(async () => expect(await publish.publish(job("first"))).toBe(true), soon);
    await vi.waitFor(async () => expect((await publish.depths()).work.waiting).toBe(0), soon);
    await publish.redis.hset("bull:work:meta", "concurrency", "0");
    expect(await publish.publish(job("second"))).toBe(true);
    await vi.waitFor(() => expect(suspicions[0]).toContain("jobs wait in work"), soon);
  });
});
