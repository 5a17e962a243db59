import { setTimeout as delay } from "node:timers/promises";

/** Where a function gets the time from; production passes `() => new Date()`, tests a fixed one. */
export type Clock = () => Date;

/** Resolves after `ms`. @throws {DOMException} AbortError once the signal aborts. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal });
}

/**
 * Milliseconds to wait before attempt `attempt + 1` (`attempt` from 1): doubled each time, at most `max_ms`, then spread over its
 * upper half by `random` (0 ≤ random < 1), so that many waiting callers do not come back together.
 */
export function backoff(
  attempt: number,
  { base_ms, max_ms }: { base_ms: number; max_ms: number },
  random: number,
): number {
  const full = Math.min(max_ms, base_ms * 2 ** Math.min(attempt - 1, 30));
  return Math.round(full * (0.5 + random / 2));
}

/** Settles like `work`, or rejects with a TimeoutError naming `what` after `ms`; the work itself gets the signal. */
export async function within<T>(ms: number, what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const error = new TimeoutError(`${what} took longer than ${ms} ms`);
      controller.abort(error);
      reject(error);
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}
