import { setTimeout as delay } from "node:timers/promises";
import { Unreachable } from "@infraskill/client/client";

/** A caller hears of a service that is away within 3 s; one that was killed is back sooner than this. */
const patience_ms = 1_500;
const again_ms = 250;

/**
 * Asks again while the other service does not answer, which it may have done the work before. Only for what makes nothing new when it is asked twice.
 * @throws {Unreachable} when patience is at an end
 */
export async function repeated<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + patience_ms;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof Unreachable) || performance.now() + again_ms > until) throw error;
      await delay(again_ms);
    }
  }
}
