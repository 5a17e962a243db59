import { Readable } from "node:stream";
import type { publicEndpoints } from "@infraskill/contracts/public-endpoints";
import { stillKnownBy } from "../access/still-known.ts";
import type { Context } from "../context.ts";
import type { LiveFeed } from "../live-events/feed.ts";
import type { Handlers } from "../routing/handler.ts";
import { expectAnswer } from "../upstream/expect-answer.ts";
import { followLog, type LogSource } from "./follow.ts";

/** Not every log that comes changes its execution, which is what live events tell. */
const look_again_ms = 2_000;

export function logHandlers({ registry, callers, feed, stopping }: Context) {
  const stillKnown = stillKnownBy({ registry, callers });
  return {
    async streamExecutionLogs({ params, query, headers, http }) {
      const source: LogSource = {
        index: () => expectAnswer(registry.getLogIndex({ params })),
        text: async (job_id, after, limit) => {
          const page = registry.getJobLog({ params: { ...params, job_id }, query: { after, limit } });
          return (await expectAnswer(page)).text;
        },
        change: () => changeOf(feed, params.execution_id, stopping),
        allowed: () => stillKnown(http),
      };
      const first = await source.index();
      const after = headers["last-event-id"] ?? query.after;
      const events = orEnd(followLog(source, { first, after, signal: stopping }), (error) =>
        http.log.debug({ err: error }, "Log not read on"),
      );
      return {
        raw: Readable.from(events, { objectMode: false }),
        headers: {
          "content-type": "text/event-stream; charset=utf-8",
          "cache-control": "no-cache, no-transform",
          "x-accel-buffering": "no",
        },
      };
    },
  } satisfies Partial<Handlers<typeof publicEndpoints>>;
}

/** Whoever listens is let go where the log cannot be read on: they come back, and nothing says that it is complete. */
async function* orEnd(events: AsyncGenerator<string>, tell: (error: unknown) => void): AsyncGenerator<string> {
  try {
    yield* events;
  } catch (error) {
    tell(error);
  }
}

/** Resolves with the next event about the execution, after a while, or when the gateway stops. */
function changeOf(feed: LiveFeed, execution_id: string, stopping: AbortSignal): Promise<number> {
  const before = performance.now();
  return new Promise((resolve) => {
    const done = () => {
      forget();
      clearTimeout(timer);
      stopping.removeEventListener("abort", done);
      resolve(performance.now() - before);
    };
    const forget = feed.listen(({ kind, object_id }) => {
      if (kind === "execution" && object_id === execution_id) done();
    });
    const timer = setTimeout(done, look_again_ms);
    stopping.addEventListener("abort", done, { once: true });
    if (stopping.aborted) done();
  });
}
