import { setTimeout as delay } from "node:timers/promises";
import { cpuSecondsOf, memoryOf, servicesOf } from "./process-use.ts";
import type { Result } from "./result.ts";
import type { Rig } from "./rig.ts";

const watch_ms = 15_000;

/** P10, P11, P12: memory of the services, how long they take to be ready, and what they do when there is nothing to do. Linux only. */
export async function benchRest(rig: Rig): Promise<Result[]> {
  const services = servicesOf(rig.pids());
  await delay(5_000);
  const before = await cpuSecondsOf(services);
  await delay(watch_ms);
  const busy_s = (await cpuSecondsOf(services)) - before;
  const { total_mb, text } = await memoryOf(services);
  return [
    {
      id: "P10",
      what: "memory of the services at rest (proportional set size)",
      measured: text,
      value: total_mb,
      unit: "MB",
      better: "less",
      must: 700,
      stretch: 450,
    },
    {
      id: "P11",
      what: "start to ready, warm, Postgres included",
      measured: `first start ${(rig.start_ms.first / 1_000).toFixed(1)} s`,
      value: rig.start_ms.warm / 1_000,
      unit: "s",
      better: "less",
      must: 6,
      stretch: 3,
    },
    {
      id: "P12",
      what: "at rest, share of one core",
      measured: `${services.length} processes over ${watch_ms / 1_000} s`,
      value: (busy_s / (watch_ms / 1_000)) * 100,
      unit: "%",
      better: "less",
      must: 2,
      stretch: 1,
    },
  ];
}
