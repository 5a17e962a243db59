import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { unavailable } from "@infraskill/platform/http-problem";
import { stillKnownBy } from "../access/still-known.ts";
import type { Context } from "../context.ts";
import type { Handlers } from "../routing/handler.ts";
import { openEventStream } from "./stream.ts";

const heartbeat_ms = 15_000;
/** Several times the largest page of events, which comes at once. */
const max_unread = 1024 * 1024;

export function liveEventHandlers({ feed, registry, callers, stopping }: Context) {
  const stillKnown = stillKnownBy({ registry, callers });
  return {
    async events({ headers, http }) {
      const { log } = http;
      const allowed = () => stillKnown(http);
      const after = headers["last-event-id"];
      if (after === undefined && feed.position() === undefined) throw unavailable("Live events are not there yet.");
      return {
        raw: openEventStream({ feed, registry, after, heartbeat_ms, allowed, max_unread, signal: stopping, log }),
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-cache, no-transform",
          "x-accel-buffering": "no",
        },
      };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}
