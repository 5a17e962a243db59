import { setTimeout as delay } from "node:timers/promises";

const poll_ms = 25;
const answer_within_ms = 2_000;

/** Something of the start did not come up. The message is for people. */
export class NotReady extends Error {
  override readonly name = "NotReady";
}

/**
 * Waits until `url` answers 200.
 * @throws {NotReady} after `within_ms`, with what it last answered
 * @throws the signal's reason when that is aborted first
 */
export async function waitUntilReady(name: string, url: string, within_ms: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + within_ms;
  for (;;) {
    const state = await ask(url, signal);
    if (state === "ready") return;
    signal.throwIfAborted();
    if (performance.now() > deadline) {
      throw new NotReady(`${name} is not ready after ${Math.round(within_ms / 1_000)} s: ${state}`);
    }
    await delay(poll_ms);
  }
}

async function ask(url: string, signal: AbortSignal): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(answer_within_ms)]) });
    const text = await answer.text();
    return answer.status === 200 ? "ready" : `${answer.status} ${text}`.slice(0, 500);
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  }
}
