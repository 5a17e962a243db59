import { checkHealth, type Health, type HealthChecks } from "./health.ts";
import type { HttpServer } from "./http.ts";
import { histogram, type Metrics } from "./metrics.ts";
import { redactText } from "./redact.ts";

export type HealthOptions = { checks: HealthChecks; metrics: Metrics };

/**
 * Adds `GET /livez` (the process answers), `GET /readyz` (each dependency's state; 503 while a needed one is down) and
 * `GET /metrics` (Prometheus text). Calls of /readyz that overlap share one round of checks.
 */
export function addHealthRoutes(app: HttpServer, { checks, metrics }: HealthOptions): void {
  let running: Promise<Health> | undefined;
  const sharedCheck = () => {
    running ??= checkHealth(checks).finally(() => {
      running = undefined;
    });
    return running;
  };
  app.get("/livez", async () => ({ status: "up" }));
  app.get("/readyz", async (_request, reply) => {
    const health = await sharedCheck();
    if (health.status === "down") reply.code(503).header("retry-after", "2");
    return reply.type("application/json").send(redactText(JSON.stringify(health)));
  });
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()));
}

/** Measures every request by route, method and status; the route's pattern, never the path, so that labels stay few. Call it before routes are added. */
export function observeRequests(app: HttpServer, metrics: Metrics): void {
  const seconds = histogram(metrics, "http_request_duration_seconds", "Time to answer a request.", [
    "method",
    "route",
    "status",
  ]);
  app.addHook("onResponse", (request, reply, done) => {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: String(reply.statusCode),
    };
    seconds.observe(labels, reply.elapsedTime / 1000);
    request.log.debug({ ...labels, ms: Math.round(reply.elapsedTime) }, "Request answered");
    done();
  });
}
