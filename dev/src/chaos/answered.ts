import { setTimeout as delay } from "node:timers/promises";
import { Unreachable } from "@infraskill/client/client";

type Settled<B> = { ok: true; body: B } | { ok: false; status: number; problem: { detail?: string | undefined } };

/** Asks again while infraskill cannot be reached or says 5xx. @returns undefined when `signal` came first, or for a status in `fine` */
export async function answered<B>(
  ask: () => Promise<Settled<B>>,
  signal: AbortSignal,
  fine: readonly number[] = [],
): Promise<B | undefined> {
  // A request under way is always seen to its end: what infraskill accepted must be known here.
  for (let tries = 0; tries < 600; tries += 1) {
    try {
      const settled = await ask();
      if (settled.ok) return settled.body;
      if (fine.includes(settled.status)) return undefined;
      if (settled.status < 500) throw new Error(`refused with ${settled.status}: ${settled.problem.detail}`);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      if (tries === 0 && signal.aborted) return undefined;
    }
    await delay(100);
  }
  throw new Error("no answer after 600 tries");
}
