import { createRandom, pick } from "./random.ts";

/** What is done to a process of the system, and when, in milliseconds since the first one. */
export type Strike =
  | { readonly at_ms: number; readonly kind: "kill"; readonly process: string }
  | { readonly at_ms: number; readonly kind: "freeze"; readonly process: string; readonly for_ms: number }
  | { readonly at_ms: number; readonly kind: "flush_redis" }
  | { readonly at_ms: number; readonly kind: "restart_postgres" };

/** The rhythm of reliability's soak, in milliseconds. */
const every = { worker: 2_500, gateway: 7_000, flush: 9_000, freeze: 30_000 } as const;
const frozen_ms = 12_000;

/**
 * The strikes of one soak, in order; the same for the same seed. Workers are killed in turns, so that each one lives long enough to do something.
 * @param workers names of the processes that serve queues
 * @param least_ms how long strikes go on at least; Redis is killed and Postgres restarted once in that time
 * @param for_ms how long there is something planned
 */
export function planStrikes(
  seed: number,
  workers: readonly string[],
  least_ms: number,
  for_ms: number = least_ms,
): Strike[] {
  const random = createRandom(seed);
  const strikes: Strike[] = [
    { at_ms: Math.round(least_ms * (0.3 + random() * 0.1)), kind: "kill", process: "redis" },
    { at_ms: Math.round(least_ms * (0.55 + random() * 0.1)), kind: "restart_postgres" },
  ];
  const first = Math.floor(random() * workers.length);
  for (let turn = 0; turn * every.worker + every.worker < for_ms; turn += 1) {
    const victim = workers[(first + turn) % workers.length];
    if (victim !== undefined) strikes.push({ at_ms: (turn + 1) * every.worker, kind: "kill", process: victim });
  }
  for (const at_ms of steps(every.gateway, for_ms)) strikes.push({ at_ms, kind: "kill", process: "gateway" });
  for (const at_ms of steps(every.flush, for_ms)) strikes.push({ at_ms, kind: "flush_redis" });
  for (const at_ms of steps(every.freeze, for_ms, 10_000)) {
    strikes.push({ at_ms, kind: "freeze", process: pick(random, workers), for_ms: frozen_ms });
  }
  return strikes.sort((a, b) => a.at_ms - b.at_ms);
}

function steps(every_ms: number, until_ms: number, from_ms = every_ms): number[] {
  const moments: number[] = [];
  for (let at_ms = from_ms; at_ms < until_ms; at_ms += every_ms) moments.push(at_ms);
  return moments;
}
