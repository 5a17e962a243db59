import { SpanKind } from "@opentelemetry/api";
import { Worker, UnrecoverableError, type Job } from "bullmq";
import type { Redis } from "ioredis";
import type { z } from "zod";
import type { Log } from "./logger.ts";
import { counter, histogram, type Metrics } from "./metrics.ts";
import type { Service } from "./process.ts";
import { createPublisher, type QueuePolicy } from "./queue.ts";
import { connectRedis } from "./redis.ts";
import { createStuckDetector } from "./stuck.ts";
import { within } from "./time.ts";
import { inSpan } from "./trace.ts";

/** `redis` is for the health check. */
export type Workers = Service & { readonly redis: Redis };

/** Throw it when trying again cannot help. Anything else thrown is tried again as the queue's policy says. */
export { UnrecoverableError } from "bullmq";

export type JobContext = {
  log: Log;
  job_id: string;
  /** From 1. */
  attempt: number;
  /** Aborts when the process stops or another worker may have taken the job over. */
  signal: AbortSignal;
};

export type JobHandler<Payload> = {
  concurrency: number;
  handle: (payload: Payload, context: JobContext) => Promise<void>;
};

export type WorkersOptions<Payload> = {
  redis_url: string;
  /** What every job carries; a job that does not fit fails for good. */
  payload: z.ZodType<Payload>;
  /** By queue. */
  handlers: Readonly<Record<string, JobHandler<Payload>>>;
  log: Log;
  metrics: Metrics;
  /** Called when jobs wait but none was started for `stuck_after_ms` (default 30 s): only a restart is known to help. */
  onSuspectStuck: (error: Error) => void;
  stuck_after_ms?: number;
  /** How long `stop` waits for jobs in progress; default 8 s. A job cut off comes back as a stalled one. */
  stop_limit_ms?: number;
};

/**
 * Milliseconds. With these a killed worker's job is taken up again within about 10 s (BullMQ's defaults: 61 s). A job may be taken up any number of
 * times: `failed` is no verdict here. After an error of Redis the next try comes after 1 s.
 */
const worker_options = {
  lockDuration: 8_000,
  stalledInterval: 2_000,
  maxStalledCount: 1_000_000,
  runRetryDelay: 1_000,
};

/**
 * Serves the queues named in `handlers`, one BullMQ worker each, and outlives any outage of Redis. A handler may be called twice for one
 * job, even at the same time (a queue's lock is no mutual exclusion): handlers decide by what the database says.
 */
export function startWorkers<Payload>(options: WorkersOptions<Payload>): Workers {
  const {
    redis_url,
    payload,
    handlers,
    log,
    metrics,
    onSuspectStuck,
    stuck_after_ms = 30_000,
    stop_limit_ms = 8_000,
  } = options;
  const redis = connectRedis(redis_url, { role: "worker", log });
  const jobs = counter(metrics, "jobs_total", "Jobs worked on, by how the attempt ended.", ["queue", "outcome"]);
  const seconds = histogram(metrics, "job_duration_seconds", "Time of one attempt.", ["queue"]);
  const stopping = new AbortController();
  const sights = new Map(Object.keys(handlers).map((queue) => [queue, { active_here: 0, started: 0 }]));

  const workers = Object.entries(handlers).map(([queue, { concurrency, handle }]) => {
    const process = async (job: Job, _token: string | undefined, signal: AbortSignal | undefined) => {
      const sight = sights.get(queue) ?? { active_here: 0, started: 0 };
      const job_id = job.id ?? "";
      const attempt = job.attemptsMade + 1;
      const job_log = log.child({ queue, job_id });
      const observed = seconds.startTimer({ queue });
      sight.active_here += 1;
      sight.started += 1;
      try {
        const signals = signal === undefined ? [stopping.signal] : [stopping.signal, signal];
        const context = { log: job_log, job_id, attempt, signal: AbortSignal.any(signals) };
        await inSpan(`process ${queue}`, spanOf(job, queue), () => handle(readPayload(payload, job), context));
        jobs.inc({ queue, outcome: "done" });
      } catch (error) {
        const final = error instanceof UnrecoverableError || attempt >= (job.opts.attempts ?? 1);
        jobs.inc({ queue, outcome: "failed" });
        job_log[final ? "error" : "warn"]({ err: error, attempt }, final ? "Job failed" : "Job will be tried again");
        throw error;
      } finally {
        sight.active_here -= 1;
        observed();
      }
    };
    const worker = new Worker(queue, process, { ...worker_options, connection: redis, concurrency });
    worker.on("error", (error) => log.debug({ err: error, queue }, "Worker connection failed"));
    worker.on("stalled", (job_id) => log.warn({ queue, job_id }, "Job taken over from a lost worker"));
    return worker;
  });

  const watch = watchForStuck({ redis_url, sights, log, onSuspectStuck, stuck_after_ms });
  return {
    redis,
    async stop() {
      await watch.stop();
      stopping.abort();
      try {
        await within(stop_limit_ms, "finishing jobs", () => Promise.all(workers.map((worker) => worker.close())));
      } catch (error) {
        log.warn({ err: error }, "Jobs cut off");
      }
      redis.disconnect();
    },
  };
}

/** Goes on with the trace of whoever published it. */
function spanOf(job: Job, queue: string) {
  const attributes = { "messaging.destination.name": queue, "messaging.message.id": job.id ?? "" };
  return { kind: SpanKind.CONSUMER, attributes, parent: { traceparent: job.opts.telemetry?.metadata } };
}

function readPayload<Payload>(schema: z.ZodType<Payload>, job: Job): Payload {
  const parsed = schema.safeParse(job.data);
  if (parsed.success) return parsed.data;
  throw new UnrecoverableError(
    `The job's payload does not fit: ${parsed.error.issues.map((issue) => issue.message).join("; ")}`,
  );
}

type Watch = Pick<WorkersOptions<unknown>, "redis_url" | "log" | "onSuspectStuck"> & {
  sights: ReadonlyMap<string, { active_here: number; started: number }>;
  stuck_after_ms: number;
};

/** Looks over a connection of its own, so that what blocks the workers does not blind the watch. */
function watchForStuck({ redis_url, sights, log, onSuspectStuck, stuck_after_ms }: Watch): Service {
  const policy: QueuePolicy = { attempts: 1, backoff_ms: 0, keep: { completed: 0, failed: 0 } };
  const policies = Object.fromEntries([...sights.keys()].map((queue) => [queue, policy]));
  const publisher = createPublisher({ redis_url, policies, log: log.child({ part: "watch" }) });
  const detectors = new Map([...sights.keys()].map((queue) => [queue, createStuckDetector(stuck_after_ms)]));

  const look = async () => {
    const depths = await publisher.depths();
    for (const [queue, sight] of sights) {
      const waiting = depths[queue]?.waiting ?? 0;
      const stuck = detectors.get(queue)?.(performance.now(), { waiting, ...sight }) ?? false;
      if (stuck)
        onSuspectStuck(new Error(`${waiting} jobs wait in ${queue}, but none was started for ${stuck_after_ms} ms`));
    }
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.debug({ err: error }, "Queues not seen"));
  }, stuck_after_ms / 3);
  return {
    stop: () => {
      clearInterval(timer);
      return publisher.stop();
    },
  };
}
