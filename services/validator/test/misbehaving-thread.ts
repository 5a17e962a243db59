import { parentPort } from "node:worker_threads";
import type { CheckTask, FromThread } from "../src/checker/thread-protocol.ts";

// A checking thread that does what the text says, to see the pool deal with it.

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
const send = (message: FromThread) => parentPort?.postMessage(message);
const answer = { safe: true, diagnostics: [] };
const kept: unknown[] = [];

parentPort?.on("message", ({ text }: CheckTask) => {
  if (text === "hang") for (;;);
  if (text === "die") process.exit(3);
  if (text === "grow") for (;;) kept.push(Array.from({ length: 100_000 }, () => ({})));
  if (text === "throw") send({ type: "failed", message: "thrown" });
  else send({ type: "answer", answer, worn: text === "worn" });
});
send({ type: "ready" });
