import { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import type { QueueName } from "@infraskill/contracts/queues";
import type { HealthChecks } from "@infraskill/platform/health";
import { createHttpServer, type HttpServer } from "@infraskill/platform/http";
import { addHealthRoutes, observeRequests } from "@infraskill/platform/http-health";
import type { Log } from "@infraskill/platform/logger";
import type { Metrics } from "@infraskill/platform/metrics";
import type { Publisher } from "@infraskill/platform/queue";
import { identifyCaller } from "./access/identify.ts";
import { callbackHandlers, requireRunProof } from "./callbacks/handlers.ts";
import { addConsole } from "./console/routes.ts";
import type { Context } from "./context.ts";
import { executionHandlers } from "./executions/handlers.ts";
import { liveEventHandlers } from "./live-events/handlers.ts";
import { logHandlers } from "./logs/handlers.ts";
import { apiDocument } from "./openapi/api-document.ts";
import { addApiDescription } from "./openapi/routes.ts";
import { admitAdmins } from "./ops/admit.ts";
import { addBoard } from "./ops/board.ts";
import { opsHandlers } from "./ops/handlers.ts";
import { registerRoutes } from "./routing/register.ts";
import { addSecurityHeaders } from "./security-headers.ts";
import { sessionHandlers } from "./sessions/handlers.ts";
import { settingsHandlers } from "./settings/handlers.ts";
import { skillHandlers } from "./skills/handlers.ts";
import { taskHandlers } from "./tasks/handlers.ts";
import { tokenHandlers } from "./tokens/handlers.ts";
import { mapUnreachable } from "./upstream/expect-answer.ts";
import { requireSignature, webhook_body_limit, webhookHandlers } from "./webhooks/handlers.ts";

export type ServerParts = {
  context: Context;
  publisher: Publisher<QueueName>;
  checks: HealthChecks;
  metrics: Metrics;
  log: Log;
};

/** The whole public door, not yet listening. */
export function buildServer({ context, publisher, checks, metrics, log }: ServerParts): HttpServer {
  const { outlet, config, runProver } = context;
  const requireProof = requireRunProof(runProver);
  const app = createHttpServer({ log, mapError: mapUnreachable });
  addSecurityHeaders(app);
  observeRequests(app, metrics);
  addHealthRoutes(app, { checks, metrics });
  registerRoutes(
    app,
    publicEndpoints,
    {
      ...skillHandlers(context),
      ...executionHandlers(context),
      ...logHandlers(context),
      ...callbackHandlers(context),
      ...taskHandlers(context),
      ...tokenHandlers(context),
      ...sessionHandlers(context),
      ...settingsHandlers(context),
      ...webhookHandlers(context),
      ...liveEventHandlers(context),
      ...opsHandlers(context),
    },
    {
      identify: identifyCaller(context),
      outlet,
      traits: {
        githubWebhook: { raw_body_limit: webhook_body_limit },
        claimExecution: { keeps_bytes: true },
        callback: { keeps_bytes: true },
        events: { endless: true },
        streamExecutionLogs: { endless: true },
      },
      proofs: { claimExecution: requireProof, callback: requireProof, githubWebhook: requireSignature },
    },
  );
  addApiDescription(app, apiDocument());
  const writable = config.OPS_WRITABLE;
  addBoard(app, { publisher, writable, admit: admitAdmins(context, { writable }) });
  addConsole(app, config.CONSOLE_DIR);
  return app;
}
