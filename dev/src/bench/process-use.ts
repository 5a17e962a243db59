import { readFile } from "node:fs/promises";

type Processes = readonly (readonly [name: string, pid: number])[];

const servers = new Set(["postgres", "redis"]);

/** infraskill's own processes of all that run. */
export function servicesOf(pids: Readonly<Record<string, number>>): Processes {
  return Object.entries(pids).filter(([name]) => !servers.has(name));
}

/** Resident memory of each; pages that several processes share count once, divided among them. Linux only. */
export async function memoryOf(processes: Processes): Promise<{ total_mb: number; text: string }> {
  const each = await Promise.all(
    processes.map(async ([name, pid]) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
      return [name, Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) / 1_024] as const;
    }),
  );
  return {
    total_mb: each.reduce((sum, [, mb]) => sum + mb, 0),
    text: each.map(([name, mb]) => `${name} ${Math.round(mb)}`).join(", "),
  };
}

/** Of /proc/<pid>/stat, in a second: `getconf CLK_TCK` on every Linux that Node runs on. */
const ticks_per_second = 100;

/** User and system time so far, in s: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html, fields 14 and 15. */
export async function cpuSecondsOf(processes: Processes): Promise<number> {
  const ticks = await Promise.all(
    processes.map(async ([, pid]) => {
      const text = await readFile(`/proc/${pid}/stat`, "utf8");
      const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
      return Number(fields[11]) + Number(fields[12]);
    }),
  );
  return ticks.reduce((sum, value) => sum + value, 0) / ticks_per_second;
}
