import { setTimeout as delay } from "node:timers/promises";
import type { Strike } from "./schedule.ts";
import type { ChaosSystem } from "./system.ts";
import { watchUp } from "./watch-up.ts";

export interface Strikes {
  /** How often each kind struck. */
  readonly counts: Readonly<Record<string, number>>;
  /** Resolves with the time of the last one (ms since 1970) when the plan is over or `signal` ends it. */
  readonly over: Promise<number>;
}

/** A gateway that was killed again before anybody could reach it would only show that nothing comes through a closed door. */
const gateway_serves_ms = 3_000;

/** Carries a plan out. Who is down already when its turn comes is left alone; who is frozen is woken in any case. */
export function startStrikes(
  system: ChaosSystem,
  redis: { flushall(): Promise<unknown> },
  plan: readonly Strike[],
  signal: AbortSignal,
): Strikes {
  const counts: Record<string, number> = {};
  const thaws: Promise<void>[] = [];
  const gatewayUpFor = watchUp(`${system.endpoints.gateway_url}/livez`, signal);
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  async function strike(one: Strike): Promise<void> {
    switch (one.kind) {
      case "kill":
        if (one.process === "gateway" && gatewayUpFor() < gateway_serves_ms) break;
        if (send(system.pidOf(one.process), "SIGKILL")) count(`${one.process} killed`);
        break;
      case "restart_postgres":
        if (send(system.pidOf("postgres"), "SIGINT")) count("postgres restarted");
        break;
      case "flush_redis":
        await redis.flushall().then(
          () => count("redis emptied"),
          () => undefined,
        );
        break;
      case "freeze": {
        const pid = system.pidOf(one.process);
        if (!send(pid, "SIGSTOP")) break;
        count(`${one.process} frozen`);
        thaws.push(thaw(pid, one.for_ms));
      }
    }
  }

  async function thaw(pid: number | undefined, after_ms: number): Promise<void> {
    await delay(after_ms, undefined, { signal }).catch(() => undefined);
    send(pid, "SIGCONT");
  }

  async function run(): Promise<number> {
    const since = Date.now();
    for (const one of plan) {
      try {
        await delay(Math.max(0, since + one.at_ms - Date.now()), undefined, { signal });
      } catch {
        break;
      }
      await strike(one);
    }
    await Promise.all(thaws);
    return Date.now();
  }

  return { counts, over: run() };
}

function send(pid: number | undefined, signal: NodeJS.Signals): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
