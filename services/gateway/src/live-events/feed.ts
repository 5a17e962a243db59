import type { LiveEvent } from "@infraskill/contracts/live-event";
import type { Log } from "@infraskill/platform/logger";
import { backoff, sleep } from "@infraskill/platform/time";
import type { Registry } from "../upstream/clients.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";

type LiveListener = (event: LiveEvent) => void;

/** Every change as it happens, read once from the registry for all who listen. */
export type LiveFeed = {
  /** Calls back for every event from now on, in order. Returns how to stop listening. */
  listen(listener: LiveListener): () => void;
  /** The id of the last event told; undefined before the registry answered for the first time. */
  position(): number | undefined;
  stop(): Promise<void>;
};

const wait_ms = 25_000;
/** After some events, those of so long are read together: on a busy system every change would be a call of its own. */
const gather_ms = 50;
const page_size = 500;

/** Starts the one long poll. When the registry is away it goes on where it stopped, so no event is missed. */
export function startLiveFeed({ registry, log }: { registry: Registry; log: Log }): LiveFeed {
  const listeners = new Set<LiveListener>();
  const stopping = new AbortController();
  let position: number | undefined;
  let failures = 0;

  const poll = async () => {
    const query = position === undefined ? { wait_ms: 0 } : { after: position, wait_ms, limit: page_size };
    const { items, last_id } = await expectAnswer(registry.liveEvents({ query, signal: stopping.signal }));
    for (const event of items) {
      position = event.id;
      for (const listener of listeners) listener(event);
    }
    position ??= last_id;
    return items.length === page_size ? "more" : items.length > 0 ? "some" : "none";
  };
  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        const told = await poll();
        if (failures > 0) log.info("Live events again");
        failures = 0;
        if (told === "some") await sleep(gather_ms, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures += 1;
        if (failures === 1) log.warn({ err: error }, "Live events interrupted");
        await sleep(backoff(failures, { base_ms: 200, max_ms: 2_000 }, Math.random()), stopping.signal).catch(
          () => undefined,
        );
      }
    }
  };
  const running = run();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    position: () => position,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
