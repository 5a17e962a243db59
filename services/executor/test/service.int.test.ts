import { jobId, queues, type QueueName } from "@infraskill/contracts/queues";
import { readConfig } from "@infraskill/platform/config";
import { createLogger } from "@infraskill/platform/logger";
import { createPublisher } from "@infraskill/platform/queue";
import { testRedisUrl } from "@infraskill/testing/test-redis";
import { until } from "@infraskill/testing/until";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Config } from "../src/config.ts";
import { start } from "../src/service.ts";
import { inSeconds, keepExecution, makeSkill, startBench, type Bench } from "./bench.ts";

let bench: Bench;
let publisher: ReturnType<typeof createPublisher<QueueName>>;
let service: { stop(): Promise<void> };
const log = createLogger({ service: "test", level: "silent" });
beforeAll(async () => {
  bench = await startBench();
  const REDIS_URL = await testRedisUrl();
  publisher = createPublisher({ redis_url: REDIS_URL, policies: queues, log });
  service = await start(readConfig(Config, { ...bench.variables, REDIS_URL }), log, (error) => {
    throw error;
  });
});
afterAll(async () => {
  await service.stop();
  await publisher.stop();
  await bench[Symbol.asyncDispose]();
});

const publish = (queue: QueueName, id: string, version: number) =>
  until(() => publisher.publish({ queue, job_id: jobId("test", id, version, new Date()), payload: { id, version } }));

it("serves its queues: a dispatch, and the look at the run that is owed then", async () => {
  const skill = await makeSkill(bench, "hello", "true");
  const work = keepExecution(bench, skill);
  bench.registry.onReport = (row, { event }) => {
    bench.registry.jobs = [];
    if (event.type === "dispatch_started")
      Object.assign(row, { status: "dispatching", dispatch_started_at: inSeconds(0) });
    if (event.type !== "dispatched") return;
    Object.assign(row, { status: "running", github_run_id: event["run_id"] });
    const payload = { id: work.execution_id, version: row.version };
    bench.registry.jobs = [{ queue: "reconcile", job_id: "reconcile-1", payload }];
  };
  await publish("dispatch", work.execution_id, work.version);
  await until(() => bench.registry.reports.length === 3);
  expect(bench.registry.reports.map(({ event, applied }) => [event.type, applied])).toEqual([
    ["dispatch_started", true],
    ["dispatched", true],
    ["run_observed", true],
  ]);
});

it("has a run's report applied, once", async () => {
  const row = {
    id: 5,
    version: 1,
    status: "received",
    kind: "callback",
    guid: "g",
    event: "",
    execution_id: null,
    body: "{}",
    attempts: 0,
  };
  bench.registry.rows.set("/internal/deliveries/5", row);
  bench.registry.onReport = (row) => Object.assign(row, { status: "processed" });
  await publish("callbacks", "5", 1);
  await publish("callbacks", "5", 1);
  const applied = () =>
    bench.registry.reports.filter(({ path, applied }) => path === "/internal/deliveries/5/outcome" && applied);
  await until(() => applied().length > 0);
  await until(async () => {
    const { waiting, active } = (await publisher.depths()).callbacks;
    return waiting + active === 0;
  });
  expect(applied().map(({ event }) => event)).toEqual([{ type: "processed", facts: [] }]);
});
