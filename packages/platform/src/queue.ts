import { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Log } from "./logger.ts";
import type { Service } from "./process.ts";
import { connectRedis } from "./redis.ts";
import { within } from "./time.ts";
import { traceCarrier } from "./trace.ts";

/** `backoff_ms` doubles with each attempt; `keep` says how many ended jobs stay visible. */
export type QueuePolicy = {
  readonly attempts: number;
  readonly backoff_ms: number;
  readonly keep: { readonly completed: number; readonly failed: number };
};

/** `job_id` holds no colon and is no integer (BullMQ refuses both); a second job of the same id is dropped while the first is kept. */
export type JobToPublish<Name extends string = string> = {
  readonly queue: Name;
  readonly job_id: string;
  readonly payload: object;
};

export type QueueDepth = { waiting: number; active: number; delayed: number; failed: number };

export type Publisher<Name extends string = string> = Service & {
  /** Whether Redis took the job. Never rejects and never takes longer than 250 ms: whoever owes the job publishes it again. */
  publish: (job: JobToPublish<Name>) => Promise<boolean>;
  /** The same for many, sent together; true when all of them were taken. */
  publishAll: (jobs: readonly JobToPublish<Name>[]) => Promise<boolean>;
  /** @throws while Redis is away */
  depths: () => Promise<Record<Name, QueueDepth>>;
  /** BullMQ's own object, for Bull Board. */
  queue: (name: Name) => Queue;
  /** For the health check. */
  readonly redis: Redis;
};

const PUBLISH_LIMIT_MS = 250;

/** Publishes to the queues named by `policies`, over one connection. */
export function createPublisher<Name extends string>({
  redis_url,
  policies,
  log,
}: {
  redis_url: string;
  policies: Readonly<Record<Name, QueuePolicy>>;
  log: Log;
}): Publisher<Name> {
  const redis = connectRedis(redis_url, { role: "producer", log });
  const queues = new Map<Name, Queue>();
  let failing = false;

  function queue(name: Name): Queue {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const { attempts, backoff_ms, keep } = policies[name];
    const made = new Queue(name, {
      connection: redis,
      defaultJobOptions: {
        attempts,
        backoff: { type: "exponential", delay: backoff_ms },
        removeOnComplete: keep.completed === 0 ? true : keep.completed,
        removeOnFail: keep.failed === 0 ? true : keep.failed,
      },
    });
    made.on("error", (error) => log.debug({ err: error, queue: name }, "Queue connection failed"));
    queues.set(name, made);
    // A queue whose first handshake failed stays broken: the next use makes a new one.
    made.waitUntilReady().catch(() => queues.delete(name));
    return made;
  }

  async function send(jobs: readonly JobToPublish<Name>[]): Promise<void> {
    if (redis.status !== "ready") throw new Error(`Redis is away (${redis.status})`);
    const by_queue = Map.groupBy(jobs, (job) => job.queue);
    const { traceparent } = traceCarrier();
    const trace = traceparent === undefined ? {} : { telemetry: { metadata: traceparent } };
    await Promise.all(
      [...by_queue].map(([name, batch]) => {
        const entries = batch.map(({ job_id, payload }) => ({
          name,
          data: payload,
          opts: { jobId: job_id, ...trace },
        }));
        const [first, ...others] = entries;
        // One alone needs no transaction of Redis, which is half of the work.
        if (first !== undefined && others.length === 0) return queue(name).add(first.name, first.data, first.opts);
        return queue(name).addBulk(entries);
      }),
    );
  }

  async function publishAll(jobs: readonly JobToPublish<Name>[]): Promise<boolean> {
    if (jobs.length === 0) return true;
    try {
      await within(PUBLISH_LIMIT_MS, "publishing", () => send(jobs));
      if (failing) log.info("Publishing again");
      failing = false;
      return true;
    } catch (error) {
      if (!failing) log.warn({ err: error, jobs: jobs.length }, "Jobs not published");
      failing = true;
      return false;
    }
  }

  return {
    publish: (job) => publishAll([job]),
    publishAll,
    async depths() {
      if (redis.status !== "ready") throw new Error(`Redis is away (${redis.status})`);
      const names = Object.keys(policies) as Name[];
      const depths = await Promise.all(names.map(async (name) => [name, await depthOf(queue(name))] as const));
      return Object.fromEntries(depths) as Record<Name, QueueDepth>;
    },
    queue,
    redis,
    async stop() {
      if (redis.status === "ready") await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      redis.disconnect();
    },
  };
}

async function depthOf(queue: Queue): Promise<QueueDepth> {
  const counts = await queue.getJobCounts("wait", "active", "delayed", "failed");
  return {
    waiting: counts["wait"] ?? 0,
    active: counts["active"] ?? 0,
    delayed: counts["delayed"] ?? 0,
    failed: counts["failed"] ?? 0,
  };
}
