import { setTimeout as delay } from "node:timers/promises";

export interface UntilOptions {
  /** Default: 10 s. */
  readonly timeout_ms?: number;
  /** Default: 20 ms. */
  readonly every_ms?: number;
  /** What is waited for, for the error. */
  readonly what?: string;
}

type Truthy<T> = Exclude<T, undefined | null | false | 0 | "">;

/**
 * Waits until `condition` returns something truthy, and returns that. A condition that throws counts as not yet.
 * @throws Error after `timeout_ms`, with what the condition last returned or threw
 */
export async function until<T>(condition: () => T | Promise<T>, options: UntilOptions = {}): Promise<Truthy<T>> {
  const { timeout_ms = 10_000, every_ms = 20, what = "the condition" } = options;
  const deadline = performance.now() + timeout_ms;
  for (;;) {
    let last: unknown;
    try {
      const value = await condition();
      if (value) return value as Truthy<T>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= deadline) {
      const cause = last instanceof Error ? { cause: last } : {};
      throw new Error(`${what} did not come true within ${timeout_ms} ms; last: ${String(last)}`, cause);
    }
    await delay(every_ms);
  }
}
