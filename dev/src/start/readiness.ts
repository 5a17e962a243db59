import { setTimeout as delay } from "node:timers/promises";
import { errorText } from "@infraskill/platform/error-text";

const poll_ms = { silent: 25, not_ready: 100 } as const;
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
    const answer = await ask(url, signal);
    if (answer.state === "ready") return;
    signal.throwIfAborted();
    if (performance.now() > deadline) {
      throw new NotReady(`${name} is not ready after ${Math.round(within_ms / 1_000)} s: ${answer.detail}`);
    }
    await delay(poll_ms[answer.state]);
  }
}

type Answer = { state: "ready" } | { state: "silent" | "not_ready"; detail: string };

async function ask(url: string, signal: AbortSignal): Promise<Answer> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(answer_within_ms)]) });
    const text = await answer.text();
    if (answer.status === 200) return { state: "ready" };
    return { state: "not_ready", detail: `${answer.status} ${text}`.slice(0, 500) };
  } catch (error) {
    return { state: "silent", detail: errorText(error) };
  }
}
