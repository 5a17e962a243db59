import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { endProcess } from "@infraskill/embedded/end-process";

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

export interface SupervisionEvents {
  readonly onLine: (name: string, line: string) => void;
  /** The program runs, for the first time or again. */
  readonly onStart: (name: string, pid: number) => void;
  /** It ended without being told to; `again_in_ms` is missing when another start cannot help. */
  readonly onEnd: (name: string, how: string, again_in_ms?: number) => void;
}

export interface Supervised {
  readonly name: string;
  readonly pid: () => number | undefined;
  /** Stops it for good: SIGTERM, and SIGKILL to its whole group when it takes longer than 16 s. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, now. */
  readonly kill: () => void;
}

/** sysexits.h EX_CONFIG: what a service of ours ends with when its variables cannot be used. */
const bad_configuration = 78;
// A service gives itself 15 s to finish what it has.
const stop_within_ms = 16_000;
const long_enough_ms = 5_000;
const delays_ms = [100, 500, 1_000, 2_000, 5_000, 10_000] as const;

/** How long to wait before another start, after so many short lives in a row: at first well within a second. */
export function restartDelay(short_lives: number): number {
  return delays_ms[Math.min(short_lives, delays_ms.length) - 1] ?? delays_ms[0];
}

/** Runs a program in a process group of its own and starts it again when it ends without being told to. */
export function supervise(program: Program, events: SupervisionEvents): Supervised {
  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let short_lives = 0;

  const start = () => {
    const since = performance.now();
    const current = spawn(program.command, program.args, {
      cwd: program.cwd,
      env: program.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = current;
    for (const output of [current.stdout, current.stderr]) {
      createInterface({ input: output }).on("line", (line) => events.onLine(program.name, line));
    }
    if (current.pid !== undefined) events.onStart(program.name, current.pid);

    const onEnd = (how: string, code: number | null) => {
      child = undefined;
      if (stopping) return;
      if (code === bad_configuration) {
        events.onEnd(program.name, how);
        return;
      }
      short_lives = performance.now() - since < long_enough_ms ? short_lives + 1 : 1;
      const again_in_ms = restartDelay(short_lives);
      events.onEnd(program.name, how, again_in_ms);
      timer = setTimeout(start, again_in_ms);
    };
    current.once("error", (error) => {
      if (current.pid === undefined) onEnd(error.message, null);
    });
    current.once("exit", (code, signal) =>
      onEnd(signal === null ? `ended with ${code}` : `was killed by ${signal}`, code),
    );
  };
  start();

  return {
    name: program.name,
    pid: () => child?.pid,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      const pid = child?.pid;
      if (pid === undefined) return;
      await endProcess(pid, [{ signal: "SIGTERM", wait_ms: stop_within_ms }], "leader");
    },
    kill: () => {
      stopping = true;
      clearTimeout(timer);
      if (child?.pid !== undefined) killGroup(child.pid);
    },
  };
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // Gone already.
  }
}
