import type { LiveEvent } from "@infraskill/contracts/live-event";
import { readEvents } from "./read-events.ts";

export type LiveState = "connecting" | "live" | "lost";
type Message = { type: "event"; event: LiveEvent } | { type: "state"; state: LiveState } | { type: "hello" };

export type LiveFeed = { stop: () => void };

const lockName = "infraskill-live";

/**
 * Live events for every tab of this browser over one connection: browsers allow six per origin. The tab that holds the lock reads the stream and
 * tells the others; when it closes, the next one goes on after the last event that any of them saw.
 */
export function startLiveFeed(on: { event: (event: LiveEvent) => void; state: (state: LiveState) => void }): LiveFeed {
  const ended = new AbortController();
  const channel = new BroadcastChannel(lockName);
  let leading = false;
  let last: number | undefined;
  let state: LiveState = "connecting";

  const take = (event: LiveEvent): void => {
    last = event.id;
    on.event(event);
  };
  const become = (next: LiveState): void => {
    state = next;
    on.state(next);
    if (leading) channel.postMessage({ type: "state", state: next } satisfies Message);
  };
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => {
    if (data.type === "event") take(data.event);
    else if (data.type === "hello" && leading) channel.postMessage({ type: "state", state } satisfies Message);
    else if (data.type === "state" && !leading) become(data.state);
  });
  channel.postMessage({ type: "hello" } satisfies Message);

  const lead = async (): Promise<void> => {
    leading = true;
    // The tab before said that it is live. Who has seen no event cannot go on after one, and misses what happens until the stream is open.
    if (last === undefined && state === "live") become("connecting");
    let attempt = 0;
    while (!ended.signal.aborted) {
      const opened = () => {
        attempt = 0;
        become("live");
      };
      const received = (event: LiveEvent) => {
        take(event);
        channel.postMessage({ type: "event", event } satisfies Message);
      };
      await readEvents({ after: last, signal: ended.signal, onOpen: opened, onEvent: received }).catch(() => undefined);
      if (ended.signal.aborted) return;
      become("lost");
      await pause(Math.min(250 * 2 ** attempt++, 3_000), ended.signal);
    }
  };
  // Browsers keep locks to secure origins; elsewhere every tab reads for itself.
  if ("locks" in navigator) navigator.locks.request(lockName, { signal: ended.signal }, lead).catch(() => undefined);
  else void lead();
  return {
    stop: () => {
      ended.abort();
      channel.close();
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
