import { setTimeout as delay } from "node:timers/promises";
import { queues } from "@infraskill/contracts/queues";
import { createLogger } from "@infraskill/platform/logger";
import { createPublisher } from "@infraskill/platform/queue";
import type { Rig } from "./rig.ts";

const within_ms = 180_000;
/** Logs are collected two seconds after a callback. */
const later_ms = 3_000;

/**
 * Until the workers have nothing more to do about what was measured before: else they would take their share of the cores from what is measured next.
 * Webhooks that nobody has read yet are dropped, which is faster.
 */
export async function settle({ db, endpoints }: Rig): Promise<void> {
  await db.query("delete from deliveries where status = 'received'");
  const log = createLogger({ service: "bench", level: "silent" });
  const publisher = createPublisher({ redis_url: endpoints.redis_url, policies: queues, log });
  try {
    await delay(later_ms);
    const until = performance.now() + within_ms;
    while ((await countWork(publisher)) > 0) {
      if (performance.now() > until) throw new Error(`the workers were not done after ${within_ms / 1_000} s`);
      await delay(500);
    }
  } finally {
    await publisher.stop();
  }
}

async function countWork(publisher: Pick<ReturnType<typeof createPublisher>, "depths">): Promise<number> {
  const depths = Object.values(await publisher.depths());
  return depths.reduce((sum, { waiting, active }) => sum + waiting + active, 0);
}
