import { createClient } from "@infraskill/client/client";
import { JobPayload, queues } from "@infraskill/contracts/queues";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { createHttpServer } from "@infraskill/platform/http";
import { addHealthRoutes, observeRequests } from "@infraskill/platform/http-health";
import type { Log } from "@infraskill/platform/logger";
import { createMetrics } from "@infraskill/platform/metrics";
import { stopInOrder, type Service } from "@infraskill/platform/process";
import { createPublisher } from "@infraskill/platform/queue";
import { redisCheck } from "@infraskill/platform/redis";
import { startWorkers } from "@infraskill/platform/worker";
import { startChecker } from "./checker/checker.ts";
import { readRulesVersion } from "./checker/rules-version.ts";
import type { Config } from "./config.ts";
import { announceRules } from "./validation/announce-rules.ts";
import { addValidationRoutes } from "./validation/routes.ts";
import { validateRevision } from "./validation/validate-revision.ts";

/** JSON can write one character of a text as six. */
const BODY_LIMIT = 8_388_608;

/** Serves the queue `validation` and the private HTTP API. `url` is where it listens. */
export async function start(
  config: Config,
  { log, crash }: { log: Log; crash: (error: Error) => void },
): Promise<Service & { readonly url: string }> {
  const metrics = createMetrics("validator");
  const checker = await startChecker({
    threads: config.VALIDATOR_THREADS,
    actionlint_path: config.ACTIONLINT_PATH,
    search_path: config.PATH,
    callback_mode: config.CALLBACK_MODE,
    log,
  });
  const registry = createClient(registryEndpoints, {
    base_url: config.REGISTRY_URL,
    headers: { authorization: `Bearer ${config.REGISTRY_TOKEN}` },
  });
  const publisher = createPublisher({ redis_url: config.REDIS_URL, policies: queues, log });
  const rules_version = await readRulesVersion(checker.actionlint_version, config.CALLBACK_MODE);
  const tools = { registry, checker, rules_version, publisher };
  const handlers = {
    validation: {
      concurrency: config.CONCURRENCY,
      handle: (payload: JobPayload, context: Parameters<typeof validateRevision>[1]) =>
        validateRevision(payload, context, tools),
    },
  };
  const workers = startWorkers({
    redis_url: config.REDIS_URL,
    payload: JobPayload,
    handlers: config.QUEUES.includes("validation") ? handlers : {},
    log,
    metrics,
    onSuspectStuck: crash,
  });

  const app = createHttpServer({ log, body_limit: BODY_LIMIT });
  observeRequests(app, metrics);
  addHealthRoutes(app, {
    metrics,
    checks: {
      // Drafts are checked without Redis as well.
      redis: redisCheck(workers.redis, { needed: false }),
      threads: {
        needed: true,
        check: async () => {
          if (checker.threads.ready() === 0) throw new Error("No checking thread is ready");
        },
      },
    },
  });
  addValidationRoutes(app, { checker, token: config.REGISTRY_TOKEN });
  const url = await app.listen({ port: config.VALIDATOR_PORT, host: config.VALIDATOR_HOST });
  const http: Service = { stop: () => app.close() };
  const announcing = announceRules(tools, log);
  return { url, stop: () => stopInOrder(log, [announcing, http, workers, publisher, checker]) };
}
