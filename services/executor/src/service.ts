import { createClient } from "@infraskill/client/client";
import { JobPayload, queues } from "@infraskill/contracts/queues";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { createGithub } from "@infraskill/github/github";
import { githubCheck } from "@infraskill/github/health";
import { githubConfigOf } from "@infraskill/github/variables";
import { startHealthServer } from "@infraskill/platform/health-server";
import { createHttpPool } from "@infraskill/platform/http-pool";
import type { Log } from "@infraskill/platform/logger";
import { createMetrics } from "@infraskill/platform/metrics";
import { stopInOrder, type Service } from "@infraskill/platform/process";
import { createPublisher } from "@infraskill/platform/queue";
import { redisCheck } from "@infraskill/platform/redis";
import { serviceCheck } from "@infraskill/platform/service-check";
import { startWorkers, type JobContext } from "@infraskill/platform/worker";
import { handleCallback } from "./callbacks/handle.ts";
import { handleCancel } from "./cancel/handle.ts";
import { ownQueues, type Config } from "./config.ts";
import { handleDispatch } from "./dispatch/handle.ts";
import { handleLogs } from "./logs/handle.ts";
import { handleReconcile } from "./reconcile/handle.ts";
import { createFindRun } from "./runs/find-run.ts";
import type { Tools } from "./tools.ts";

type Handle = (payload: JobPayload, context: JobContext, tools: Tools) => Promise<void>;

/** Which queue does what. */
const handlers: Readonly<Record<(typeof ownQueues)[number], Handle>> = {
  dispatch: handleDispatch,
  callbacks: handleCallback,
  reconcile: handleReconcile,
  cancel: handleCancel,
  logs: handleLogs,
};

/** These tell logs, in one piece for a run, which takes longer than other reports. */
const tellsLogs: ReadonlySet<string> = new Set(["logs", "reconcile"]);
const REPORT_LIMIT_MS = 60_000;

/** Serves the configured queues until stopped. @param crash called when only a restart can help */
export async function start(config: Config, log: Log, crash: (error: Error) => void): Promise<Service> {
  const metrics = createMetrics("executor");
  const publisher = createPublisher({ redis_url: config.REDIS_URL, policies: queues, log });
  const headers = { authorization: `Bearer ${config.REGISTRY_TOKEN}` };
  const pool = createHttpPool();
  const private_api = { base_url: config.REGISTRY_URL, headers, send: pool.send };
  const github = createGithub({ ...githubConfigOf(config), log });
  const tools: Tools = {
    registry: createClient(registryEndpoints, private_api),
    github,
    findRun: createFindRun(github),
    publisher,
    callback_url: `${config.PUBLIC_URL}/api/skills/callback`,
  };
  const patient = createClient(registryEndpoints, { ...private_api, timeout_ms: REPORT_LIMIT_MS });
  const toolsOf = (queue: string): Tools => (tellsLogs.has(queue) ? { ...tools, registry: patient } : tools);
  const workers = startWorkers({
    redis_url: config.REDIS_URL,
    payload: JobPayload,
    handlers: Object.fromEntries(
      ownQueues
        .filter((queue) => config.QUEUES.includes(queue))
        .map((queue) => [
          queue,
          {
            concurrency: config.CONCURRENCY ?? queues[queue].concurrency,
            handle: (payload: JobPayload, context: JobContext) => handlers[queue](payload, context, toolsOf(queue)),
          },
        ]),
    ),
    log,
    metrics,
    onSuspectStuck: crash,
  });
  const checks = {
    redis: redisCheck(publisher.redis, { needed: true }),
    registry: serviceCheck(config.REGISTRY_URL, { needed: true }),
    github: githubCheck(tools.github),
  };
  const health = await startHealthServer({
    host: config.HEALTH_HOST,
    port: config.HEALTH_PORT,
    log,
    checks,
    metrics,
  });
  return { stop: () => stopInOrder(log, [workers, publisher, pool, health]) };
}
