import { Redis } from "ioredis";
import type { HealthCheck } from "./health.ts";
import type { Log } from "./logger.ts";
import { backoff } from "./time.ts";

/**
 * `producer`: a command fails at once while Redis is away, so that publishing never holds a request.
 * `worker`: commands wait for Redis to come back, as BullMQ's workers need it.
 */
export type RedisRole = "producer" | "worker";

const roles = {
  producer: { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 1_000 },
  // Longer than BullMQ's blocking reads (5 s): a connection that died without a word is noticed and made again.
  worker: { maxRetriesPerRequest: null, socketTimeout: 20_000 },
} as const;

/** Connects in the background and, for ever, again after every loss. Ended by `disconnect()`. Each change of state is logged once. */
export function connectRedis(url: string, { role, log }: { role: RedisRole; log: Log }): Redis {
  const redis = new Redis(url, {
    ...roles[role],
    connectTimeout: 3_000,
    retryStrategy: (times) => backoff(times, { base_ms: 100, max_ms: 2_000 }, Math.random()),
  });
  let up: boolean | undefined;
  redis.on("ready", () => {
    if (up !== true) log.info({ role }, "Redis connected");
    up = true;
  });
  redis.on("error", (error: Error) => {
    if (up !== false) log.warn({ err: error, role }, "Redis unreachable");
    up = false;
  });
  redis.on("close", () => {
    // "end": it was closed by us.
    if (up === true && redis.status !== "end") log.warn({ role }, "Redis connection lost");
    up = false;
  });
  return redis;
}

/** Down when Redis does not answer, may evict jobs, or has no memory left for new ones. */
export function redisCheck(redis: Redis, { needed }: { needed: boolean }): HealthCheck {
  return {
    needed,
    async check() {
      if (redis.status !== "ready") throw new Error(`cannot reach Redis (${redis.status})`);
      const memory = parseInfo(await redis.info("memory"));
      const policy = memory["maxmemory_policy"];
      if (policy !== "noeviction")
        throw new Error(`Redis may evict jobs: maxmemory-policy is ${policy}, it must be noeviction`);
      const limit = Number(memory["maxmemory"]);
      if (limit > 0 && Number(memory["used_memory"]) >= limit) throw new Error("Redis has reached its maxmemory");
    },
  };
}

function parseInfo(text: string): Partial<Record<string, string>> {
  const lines = text.split("\r\n").map((line) => line.split(":", 2) as [string, string?]);
  return Object.fromEntries(lines.map(([key, value]) => [key, value ?? ""]));
}
