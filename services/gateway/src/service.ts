import { queues } from "@infraskill/contracts/queues";
import type { Log } from "@infraskill/platform/logger";
import { createMetrics } from "@infraskill/platform/metrics";
import type { Service } from "@infraskill/platform/process";
import { createPublisher } from "@infraskill/platform/queue";
import { createKnownCallers } from "./access/known-callers.ts";
import { createRunProver } from "./callbacks/prover.ts";
import type { GatewayConfig } from "./config.ts";
import { gatewayChecks } from "./health.ts";
import { startLiveFeed } from "./live-events/feed.ts";
import { createOutlet } from "./routing/outlet.ts";
import { buildServer } from "./server.ts";
import { connectUpstream } from "./upstream/clients.ts";

export type Gateway = Service & { url: string };

/** Listens at once, whatever else is up. Stopping ends live streams and long waits, finishes what is being answered, then publishes the last jobs. */
export async function start(config: GatewayConfig, log: Log): Promise<Gateway> {
  const stopping = new AbortController();
  const { pool, ...upstream } = connectUpstream(config);
  const publisher = createPublisher({ redis_url: config.REDIS_URL, policies: queues, log });
  const outlet = createOutlet(publisher);
  const feed = startLiveFeed({ registry: upstream.registryLongPoll, log });
  const app = buildServer({
    context: {
      ...upstream,
      config,
      outlet,
      callers: createKnownCallers(),
      feed,
      runProver: createRunProver(config),
      depths: publisher.depths,
      stopping: stopping.signal,
    },
    publisher,
    checks: gatewayChecks(config, publisher),
    metrics: createMetrics("gateway"),
    log,
  });
  const stop = async () => {
    stopping.abort();
    await app.close();
    await feed.stop();
    await outlet.drain();
    await publisher.stop();
    await pool.stop();
  };
  try {
    const url = await app.listen({ port: config.GATEWAY_PORT, host: config.GATEWAY_HOST });
    log.info({ url }, "Gateway listening");
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
