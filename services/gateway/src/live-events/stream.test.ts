import { setTimeout as delay } from "node:timers/promises";
import { fastify } from "fastify";
import { expect, it } from "vitest";
import type { LiveFeed } from "./feed.ts";
import { openEventStream, type StreamOptions } from "./stream.ts";

const quiet: Pick<LiveFeed, "position" | "listen"> = { position: () => 7, listen: () => () => undefined };

function open(allowed: () => Promise<boolean>) {
  const { log } = fastify();
  const options = { feed: quiet, after: undefined, heartbeat_ms: 5, max_unread: 1_000, log };
  return openEventStream({ ...options, allowed, signal: new AbortController().signal } as unknown as StreamOptions);
}

it("goes on with heartbeats while whoever listens may, and ends once they may not", async () => {
  let allowed = true;
  const stream = open(async () => allowed);
  let text = "";
  stream.on("data", (chunk: string) => (text += chunk));
  const ended = new Promise((resolve) => stream.once("end", resolve));
  while (!text.includes("still here")) await delay(5);
  allowed = false;
  await ended;
  expect(text.startsWith("retry: 2000\n\nid: 7\n\n")).toBe(true);
});
