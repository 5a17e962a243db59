import type { registryEndpoints } from "@infraskill/contracts/registry-endpoints";
import type { Handlers } from "@infraskill/platform/http-endpoints";
import type { Context } from "../context.ts";
import { newestEventId, readLiveEvents } from "./feed.ts";
import type { Wake } from "./wake.ts";

/** A long poll: answers as soon as there is something after `after`, or with nothing when `wait_ms` have passed. */
export function liveEventHandlers({ db }: Context, wake: Wake): Pick<Handlers<typeof registryEndpoints>, "liveEvents"> {
  return {
    async liveEvents({ query: { after, wait_ms, limit }, request }) {
      const from = after ?? (await newestEventId(db));
      const until = performance.now() + wait_ms;
      for (;;) {
        const items = await readLiveEvents(db, from, limit);
        const left = until - performance.now();
        if (items.length > 0 || left <= 0 || request.raw.destroyed) return { items, last_id: items.at(-1)?.id ?? from };
        await wake.wait(left);
      }
    },
  };
}
