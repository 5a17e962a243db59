import type { Service } from "./process.ts";
import { addHealthRoutes, type HealthOptions } from "./http-health.ts";
import { createHttpServer } from "./http.ts";
import type { Log } from "./logger.ts";

/** The health routes alone, for a process that serves no other HTTP. Port 0 lets the system choose; `port` says which it became. */
export async function startHealthServer({
  port,
  host = "0.0.0.0",
  log,
  ...health
}: HealthOptions & { port: number; host?: string; log: Log }): Promise<Service & { port: number }> {
  const app = createHttpServer({ log });
  addHealthRoutes(app, health);
  await app.listen({ port, host });
  const address = app.server.address();
  return { port: typeof address === "object" && address !== null ? address.port : port, stop: () => app.close() };
}
