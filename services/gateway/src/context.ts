import type { GatewayConfig } from "./config.ts";
import type { LiveFeed } from "./live-events/feed.ts";
import type { Outlet } from "./routing/outlet.ts";
import type { Upstream } from "./upstream/clients.ts";
import type { RunProver } from "./callbacks/run-proof.ts";

/** What the handlers work with. */
export type Context = Upstream & {
  config: GatewayConfig;
  outlet: Outlet;
  feed: LiveFeed;
  runProver: RunProver;
  /** Aborts when the gateway stops: long answers end. */
  stopping: AbortSignal;
};
