import { setTimeout as delay } from "node:timers/promises";
import type { LocalServer } from "@infraskill/embedded/launch";
import { restartDelay, type Supervised, type SupervisionEvents } from "./supervise.ts";

/** Starts Postgres or Redis; with a port, on that one. */
export type StartServer = (port?: number) => Promise<LocalServer>;

/** Starts a server and starts it again, on the same port, when it ends without being told to. */
export async function keepServer(
  name: string,
  startServer: StartServer,
  events: SupervisionEvents,
): Promise<Supervised & { readonly url: string }> {
  let server: LocalServer | undefined = await startServer();
  const { url, port } = server;
  let stopping = false;
  events.onStart(name, server.pid);

  const watch = async () => {
    let failures = 0;
    for (;;) {
      await server?.exited;
      server = undefined;
      while (server === undefined) {
        if (stopping) return;
        failures += 1;
        const again_in_ms = restartDelay(failures);
        events.onEnd(name, "ended", again_in_ms);
        await delay(again_in_ms);
        server = stopping ? undefined : await startServer(port).catch((error: Error) => reportFailure(error));
      }
      failures = 0;
      events.onStart(name, server.pid);
    }
  };
  const reportFailure = (error: Error) => {
    events.onLine(name, error.message);
    return undefined;
  };
  const watched = watch();

  return {
    name,
    url,
    pid: () => server?.pid,
    stop: async () => {
      stopping = true;
      await server?.stop();
      await watched;
      // It may have come up again while we were asking.
      await server?.stop();
    },
    kill: () => {
      stopping = true;
      if (server !== undefined) process.kill(server.pid, "SIGQUIT");
    },
  };
}
