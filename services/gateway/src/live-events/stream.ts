import { Readable } from "node:stream";
import type { FastifyBaseLogger } from "fastify";
import type { LiveEvent } from "@infraskill/contracts/live-event";
import { sleep } from "@infraskill/platform/time";
import type { Registry } from "../upstream/clients.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import type { LiveFeed } from "./feed.ts";
import { formatEvent, formatPosition, formatRetry, heartbeat } from "./sse.ts";

export type StreamOptions = {
  feed: LiveFeed;
  registry: Registry;
  /** Everything later than this event; undefined: only what is new. */
  after: number | undefined;
  heartbeat_ms: number;
  /** Whether whoever listens still may; asked with every heartbeat. */
  allowed: () => Promise<boolean>;
  /** A client that leaves this many bytes unread is dropped; it resumes when it comes back. */
  max_unread: number;
  /** Ends the stream. */
  signal: AbortSignal;
  log: FastifyBaseLogger;
};

const retry_ms = 2_000;
const page_size = 1_000;
/** The feed can be ahead of what was just read, or not there yet. */
const look_again_ms = 100;
/** How long a client may take to read the rest when the gateway stops. */
const last_words_ms = 1_000;

/**
 * The live events for one client. Missed ones are read from the registry page by page until the shared feed is reached, then the feed's
 * follow; ids only grow, so none comes twice and none is left out.
 */
export function openEventStream({
  feed,
  registry,
  after,
  heartbeat_ms,
  allowed,
  max_unread,
  signal,
  log,
}: StreamOptions): Readable {
  const stream = new Readable({ read: () => undefined, encoding: "utf8" });
  let cursor = after ?? feed.position() ?? 0;
  let caught_up = after === undefined;

  const write = (text: string) => {
    if (stream.destroyed || stream.readableEnded) return;
    stream.push(text);
    if (stream.readableLength <= max_unread) return;
    log.warn({ unread: stream.readableLength }, "Live listener dropped: it does not read");
    stream.destroy();
  };
  const tell = (event: LiveEvent) => {
    if (event.id <= cursor) return;
    cursor = event.id;
    write(formatEvent(event));
  };
  /** Where a client starts that comes with an id nobody has given out: one of a database that is gone. */
  const newest = async () => (await expectAnswer(registry.liveEvents({ query: { wait_ms: 0 }, signal }))).last_id;
  const catchUp = async () => {
    while (!caught_up && !stream.destroyed) {
      const query = { after: cursor, wait_ms: 0, limit: page_size };
      const { items } = await expectAnswer(registry.liveEvents({ query, signal }));
      for (const event of items) tell(event);
      if (items.length === 0 && cursor > (feed.position() ?? cursor)) cursor = Math.min(cursor, await newest());
      // From here on the feed's events follow: nothing runs between this look and the next of them.
      caught_up = cursor >= (feed.position() ?? Number.POSITIVE_INFINITY);
      if (!caught_up && items.length === 0) await sleep(look_again_ms, signal);
    }
  };

  const forget = feed.listen((event) => {
    if (caught_up) tell(event);
  });
  const end = () => {
    stream.push(null);
    setTimeout(() => stream.destroy(), last_words_ms).unref();
  };
  const beat = async () => {
    if (await allowed()) write(heartbeat);
    else end();
  };
  const timer = setInterval(() => void beat(), heartbeat_ms);
  signal.addEventListener("abort", end, { once: true });
  stream.once("close", () => {
    forget();
    clearInterval(timer);
    signal.removeEventListener("abort", end);
  });

  write(formatRetry(retry_ms) + (after === undefined ? formatPosition(cursor) : ""));
  // A client whose missed events cannot be read is let go: it comes back and asks again.
  catchUp().catch((error: unknown) => {
    log.debug({ err: error }, "Missed live events not read");
    stream.destroy();
  });
  return stream;
}
