import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { freePort } from "@infraskill/embedded/free-port";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import { createHttpPool } from "../src/http-pool.ts";
import { createHttpServer } from "../src/http.ts";
import { createLogger } from "../src/logger.ts";
import { createMetrics } from "../src/metrics.ts";
import { createPublisher } from "../src/queue.ts";
import { exportTraces } from "../src/trace-export.ts";
import { startWorkers } from "../src/worker.ts";
import { startCollector } from "./fixtures/collector.ts";
import { createTestRedis } from "./fixtures/redis.ts";

let redis: Awaited<ReturnType<typeof createTestRedis>>;
let collector: Awaited<ReturnType<typeof startCollector>>;

beforeAll(async () => {
  redis = await createTestRedis(await freePort());
  await Promise.all([redis.start(), startCollector().then((started) => (collector = started))]);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await redis.remove();
  await collector.stop();
});

it("one trace goes from a caller's request through the queue to what a worker asks, and ends at the collector", async () => {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url);
  const traces = await exportTraces("test");
  const lines: { msg: string; trace_id?: string }[] = [];
  const to = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(JSON.parse(line.toString()) as (typeof lines)[number]);
      done();
    },
  });
  const log = createLogger({ service: "test", to });
  const pool = createHttpPool();
  const policy = { attempts: 1, backoff_ms: 0, keep: { completed: 0, failed: 0 } };
  const publisher = createPublisher({ redis_url: redis.url, policies: { work: policy }, log });
  const done = Promise.withResolvers<void>();
  const app = createHttpServer({ log });
  app.post("/ask/:id", { schema: { body: z.object({ id: z.string() }) } }, async ({ body }) => ({
    taken: await publisher.publish({ queue: "work", job_id: "one", payload: { id: body.id } }),
  }));
  app.get("/fails", () => Promise.reject(new Error("broken")));
  await app.listen({ port: 0, host: "127.0.0.1" });
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const workers = startWorkers({
    redis_url: redis.url,
    payload: z.object({ id: z.string() }),
    handlers: {
      work: {
        concurrency: 1,
        handle: async (_payload, job) => {
          job.log.info("At work");
          const answer = await pool.send(`${url}/fails`, { method: "GET", headers: {}, signal: job.signal });
          await answer.text();
          done.resolve();
        },
      },
    },
    log,
    metrics: createMetrics("test"),
    onSuspectStuck: (error) => done.reject(error),
  });

  const trace_id = "0af7651916cd43dd8448eb211c80319c";
  await vi.waitUntil(() => publisher.redis.status === "ready");
  const answer = await fetch(`${url}/ask/7?secret=hidden`, {
    method: "POST",
    headers: { "content-type": "application/json", traceparent: `00-${trace_id}-b7ad6b7169203331-01` },
    body: JSON.stringify({ id: "7" }),
  });
  expect(await answer.json()).toEqual({ taken: true });
  await done.promise;
  await workers.stop();
  await publisher.stop();
  await app.close();
  await pool.stop();
  await traces.stop();

  const spans = collector.spans.filter((span) => span.traceId === trace_id);
  const nameOf = (id: string | undefined) => spans.find(({ spanId }) => spanId === id)?.name ?? "the caller";
  const parents = Object.fromEntries(spans.map(({ name, parentSpanId }) => [name, nameOf(parentSpanId)]));
  expect(parents).toEqual({
    "POST /ask/:id": "the caller",
    "process work": "POST /ask/:id",
    GET: "process work",
    "GET /fails": "GET",
  });
  expect(spans.find(({ name }) => name === "GET /fails")?.status).toEqual({ code: 2 });
  expect(JSON.stringify(spans)).not.toContain("hidden");
  expect(lines.find(({ msg }) => msg === "At work")?.trace_id).toBe(trace_id);
});
