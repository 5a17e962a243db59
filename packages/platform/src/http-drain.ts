import type { Server } from "node:http";
import { promisify } from "node:util";
import type { FastifyInstance } from "fastify";
import { unavailable } from "./http-problem.ts";
import { sleep } from "./time.ts";

/** How long clients may take to hear of it; those that ask less often find a closed connection, which is no failed request. */
const drain_ms = 300;
const look_again_ms = 20;

/**
 * Closing an idle connection races with the request its client is about to send over it, which then fails without an answer. So a server that closes
 * goes on listening for a moment: whatever comes is answered 503 and told that the connection ends with this answer, and only connections over
 * which nothing came are cut.
 */
export function drainOnClose(app: FastifyInstance): void {
  let closing = false;
  let drained = false;
  app.addHook("preClose", async () => {
    closing = true;
    await untilUnconnected(app.server, performance.now() + drain_ms);
    drained = true;
  });
  app.addHook("onRequest", async () => {
    if (closing) throw unavailable("The service is stopping.", { retry_after_s: 1 });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
  // Closing ends the connections that are idle then; one whose answer had begun before it would be kept alive for a minute.
  app.addHook("onResponse", async () => {
    if (drained) setImmediate(() => app.server.closeIdleConnections());
  });
}

async function untilUnconnected(server: Server, latest: number): Promise<void> {
  const countConnections = promisify(server.getConnections.bind(server));
  while (performance.now() < latest && (await countConnections()) > 0) await sleep(look_again_ms);
}
