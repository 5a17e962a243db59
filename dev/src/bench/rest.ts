import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Result } from "./result.ts";
import type { Rig } from "./rig.ts";

const servers = new Set(["postgres", "redis"]);
const watch_ms = 15_000;
/** Of /proc/<pid>/stat, in a second: `getconf CLK_TCK` on every Linux that Node runs on. */
const ticks_per_second = 100;

/** P10, P11, P12: memory of the services, how long they take to be ready, and what they do when there is nothing to do. Linux only. */
export async function benchRest(rig: Rig): Promise<Result[]> {
  const services = Object.entries(rig.pids()).filter(([name]) => !servers.has(name));
  await delay(5_000);
  const before = await sumOver(services, cpuTicks);
  await delay(watch_ms);
  const ticks = (await sumOver(services, cpuTicks)) - before;
  const memory = await Promise.all(services.map(async ([name, pid]) => [name, await residentMb(pid)] as const));
  const total = memory.reduce((sum, [, mb]) => sum + mb, 0);
  return [
    {
      id: "P10",
      what: "memory of the services at rest (proportional set size)",
      measured: memory.map(([name, mb]) => `${name} ${Math.round(mb)}`).join(", "),
      value: total,
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
      value: (ticks / ticks_per_second / (watch_ms / 1_000)) * 100,
      unit: "%",
      better: "less",
      must: 2,
      stretch: 1,
    },
  ];
}

async function sumOver(
  processes: readonly (readonly [string, number])[],
  measure: (pid: number) => Promise<number>,
): Promise<number> {
  const values = await Promise.all(processes.map(([, pid]) => measure(pid)));
  return values.reduce((sum, value) => sum + value, 0);
}

/** Pages that several processes share count once, divided among them. */
async function residentMb(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) / 1_024;
}

/** User and system time so far: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, fields 14 and 15. */
async function cpuTicks(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
