import { createHash, randomUUID } from "node:crypto";
import { type QueueName, queues } from "@infraskill/contracts/queues";
import { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import { createHttpServer, type HttpServer } from "@infraskill/platform/http";
import { serveEndpoints } from "@infraskill/platform/http-endpoints";
import { addHealthRoutes, observeRequests } from "@infraskill/platform/http-health";
import { unavailable } from "@infraskill/platform/http-problem";
import { requireServiceToken } from "@infraskill/platform/http-service-token";
import type { Log } from "@infraskill/platform/logger";
import { createMetrics } from "@infraskill/platform/metrics";
import { type Service, stopInOrder } from "@infraskill/platform/process";
import { createPublisher } from "@infraskill/platform/queue";
import { redisCheck } from "@infraskill/platform/redis";
import { sql } from "kysely";
import { choreHandlers } from "./chores/routes.ts";
import { type Config, deadlinesOf } from "./config.ts";
import type { Context } from "./context.ts";
import { connectDatabase } from "./database/connect.ts";
import { databaseProblem } from "./database/errors.ts";
import { prepareDatabase } from "./database/prepare.ts";
import { deliveryHandlers } from "./deliveries/routes.ts";
import { createCounters } from "./executions/counters.ts";
import { executionHandlers } from "./executions/routes.ts";
import { createSeenExecutions } from "./executions/seen.ts";
import { liveEventHandlers } from "./live-events/routes.ts";
import { createWake, type Wake } from "./live-events/wake.ts";
import { createLogStores, logChecks } from "./logs/stores/create-stores.ts";
import { startSweeper } from "./owed/sweeper.ts";
import { revisionHandlers } from "./revisions/routes.ts";
import { sessionHandlers } from "./sessions/routes.ts";
import { skillHandlers } from "./skills/routes.ts";
import { taskHandlers } from "./tasks/routes.ts";
import { tokenHandlers } from "./tokens/routes.ts";

/** The registry, listening. It starts without Postgres and without Redis; readiness tells which of them is missing. */
export async function start(config: Config, log: Log): Promise<Service & { url: string }> {
  const { db } = connectDatabase({
    url: config.DATABASE_URL,
    onError: (error) => log.warn({ err: error }, "Database connection lost"),
  });
  const publisher = createPublisher<QueueName>({ redis_url: config.REDIS_URL, policies: queues, log });
  const metrics = createMetrics("skill-registry");
  const wake = createWake();
  const logs = createLogStores(config, db);
  const context: Context = {
    db,
    log,
    counters: createCounters(metrics),
    seen: createSeenExecutions(),
    logs,
    retention_days: {
      logs: config.LOG_RETENTION_DAYS,
      deliveries: config.DELIVERY_RETENTION_DAYS,
      failed_deliveries: Math.max(config.DELIVERY_RETENTION_DAYS, config.FAILED_DELIVERY_RETENTION_DAYS),
      keys: config.IDEMPOTENCY_RETENTION_DAYS,
    },
    scale: config.TIME_SCALE,
    deadlines: deadlinesOf(config),
    repository_limit: config.REPOSITORY_LIMIT,
    repository: config.GITHUB_REPOSITORY,
    announce: () => wake.announce(),
    newId: randomUUID,
  };

  const preparing = prepareDatabase(config, db, log, tokenHash);
  const app = createHttpServer({ log, body_limit: 26 * 1_048_576, mapError: databaseProblem });
  observeRequests(app, metrics);
  addHealthRoutes(app, {
    checks: {
      postgres: {
        needed: true,
        check: async () => {
          const missing = preparing.missing();
          if (missing !== undefined) throw new Error(missing);
          await sql`select 1`.execute(db);
        },
      },
      redis: redisCheck(publisher.redis, { needed: false }),
      ...logChecks(logs),
    },
    metrics,
  });
  await app.register((api) => {
    servePrivately(api, { token: config.REGISTRY_TOKEN, context, wake, missing: () => preparing.missing() });
    return Promise.resolve();
  });
  const url = await app.listen({ host: config.REGISTRY_HOST, port: config.REGISTRY_PORT });
  log.info({ url }, "Registry listening");
  const sweeper = startSweeper(context, publisher, { every_ms: config.SWEEP_EVERY_MS, batch: 200 });
  return {
    url,
    stop: () =>
      stopInOrder(log, [sweeper, { stop: () => app.close() }, publisher, preparing, { stop: () => db.destroy() }]),
  };
}

type Private = { token: string; context: Context; wake: Wake; missing: () => string | undefined };

function servePrivately(app: HttpServer, { token, context, wake, missing }: Private): void {
  app.addHook("onRequest", requireServiceToken(token));
  app.addHook("onRequest", (_request, _reply, done) => {
    done(missing() === undefined ? undefined : unavailable("The database is not prepared."));
  });
  app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
  serveEndpoints(app, registryEndpoints, {
    ...skillHandlers(context),
    ...revisionHandlers(context),
    ...executionHandlers(context),
    ...deliveryHandlers(context),
    ...choreHandlers(context),
    ...taskHandlers(context),
    ...tokenHandlers(context),
    ...sessionHandlers(context),
    ...liveEventHandlers(context, wake),
  });
}

function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
