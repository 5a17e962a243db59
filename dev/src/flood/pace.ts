import { setTimeout as delay } from "node:timers/promises";

/**
 * Starts `act` so many times a second, whether or not earlier ones have ended, as senders do that know nothing of each other. `act` is told when
 * it should have begun (`performance.now()`), so that what waits for the caller's own machine counts as well.
 */
export async function atRate(per_second: number, seconds: number, act: (due: number) => Promise<void>): Promise<void> {
  const began = performance.now();
  const total = per_second * seconds;
  const running: Promise<void>[] = [];
  while (running.length < total) {
    const due_count = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * per_second) + 1);
    while (running.length < due_count) running.push(act(began + (running.length / per_second) * 1_000));
    await delay(1);
  }
  await Promise.all(running);
}
