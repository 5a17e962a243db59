import type { QueueName } from "@infraskill/contracts/queues";
import type { Publisher } from "@infraskill/platform/queue";
import type { GatewayConfig } from "./config.ts";
import type { KnownCallers } from "./access/known-callers.ts";
import type { LiveFeed } from "./live-events/feed.ts";
import type { Outlet } from "./routing/outlet.ts";
import type { Upstream } from "./upstream/clients.ts";
import type { RunProver } from "./callbacks/run-proof.ts";

/** What the handlers work with. */
export type Context = Upstream & {
  config: GatewayConfig;
  outlet: Outlet;
  callers: KnownCallers;
  feed: LiveFeed;
  runProver: RunProver;
  /** How much waits in every queue. Rejects while Redis is away. */
  depths: Publisher<QueueName>["depths"];
  /** Aborts when the gateway stops: long answers end. */
  stopping: AbortSignal;
};
