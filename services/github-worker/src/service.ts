import { createClient } from "@infraskill/client/client";
import { JobPayload, queues } from "@infraskill/contracts/queues";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { validatorEndpoints } from "@infraskill/contracts/validator-endpoints";
import { createGithub } from "@infraskill/github/github";
import { githubCheck } from "@infraskill/github/health";
import { githubConfigOf } from "@infraskill/github/variables";
import { startHealthServer } from "@infraskill/platform/health-server";
import type { Log } from "@infraskill/platform/logger";
import { createMetrics } from "@infraskill/platform/metrics";
import { stopInOrder, type Service } from "@infraskill/platform/process";
import { createPublisher } from "@infraskill/platform/queue";
import { redisCheck } from "@infraskill/platform/redis";
import { serviceCheck } from "@infraskill/platform/service-check";
import { startWorkers, type JobContext } from "@infraskill/platform/worker";
import { ownQueues, type Config } from "./config.ts";
import { handleActivation } from "./activation/handle.ts";
import { handleChore } from "./chores/handle.ts";
import { handleDelivery } from "./deliveries/handle.ts";
import { handleRevision } from "./handler.ts";
import { handleDiscard, handleRetirement } from "./pull-request/discard.ts";
import { handlePullRequest } from "./pull-request/handle.ts";
import { handlePullRequestWatch } from "./pull-request-watch/handle.ts";
import type { Tools } from "./tools.ts";

type Handle = (payload: JobPayload, context: JobContext, tools: Tools) => Promise<void>;

/** Which queue does what. */
const handlers: Readonly<Record<(typeof ownQueues)[number], Handle>> = {
  "pull-requests": (...job) => handleRevision([handlePullRequest, handleDiscard, handleRetirement], ...job),
  "pull-request-watch": (...job) => handleRevision([handlePullRequestWatch], ...job),
  activation: (...job) => handleRevision([handleActivation], ...job),
  deliveries: handleDelivery,
  chores: handleChore,
};

/** Serves the configured queues until stopped. @param crash called when only a restart can help */
export async function start(config: Config, log: Log, crash: (error: Error) => void): Promise<Service> {
  const metrics = createMetrics("github-worker");
  const publisher = createPublisher({ redis_url: config.REDIS_URL, policies: queues, log });
  const headers = { authorization: `Bearer ${config.REGISTRY_TOKEN}` };
  const tools: Tools = {
    registry: createClient(registryEndpoints, { base_url: config.REGISTRY_URL, headers }),
    validator: createClient(validatorEndpoints, { base_url: config.VALIDATOR_URL, headers }),
    github: createGithub({ ...githubConfigOf(config), log }),
    publisher,
  };
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
            handle: (payload: JobPayload, context: JobContext) => handlers[queue](payload, context, tools),
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
  return { stop: () => stopInOrder(log, [workers, publisher, health]) };
}
