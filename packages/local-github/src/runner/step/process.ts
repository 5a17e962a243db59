import { spawn } from "node:child_process";
import type { Readable } from "node:stream";

export type ProcessOptions = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  /** Asks the process to end: SIGINT, then SIGTERM, then SIGKILL to its whole group. */
  readonly stop: AbortSignal;
  /** SIGKILL at once. */
  readonly kill: AbortSignal;
  readonly sigint_grace_ms: number;
  readonly sigterm_grace_ms: number;
};

export type ProcessResult = {
  /** 128 + signal number for a process that a signal ended, as a shell would say. */
  readonly exit_code: number;
  /** The process group, when something in it outlives the process. */
  readonly left_group: number | null;
};

const max_line = 1_000_000;
/** A child in the background may keep the pipes open; after this much silence the step is over. */
const silence_ms = 100;

/**
 * Runs a program in a process group of its own and hands over its output line by line, stdout and stderr mixed.
 * @throws Error where it cannot be started
 */
export async function runProcess(options: ProcessOptions): Promise<ProcessResult> {
  const child = spawn(options.file, options.args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const streams = [child.stdout, child.stderr].map((stream) => readLines(stream, options.onLine));
  const pid = await new Promise<number>((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid ?? 0));
    child.once("error", reject);
  });
  const release = signalOnAbort(pid, options);
  const exit_code = await new Promise<number>((resolve) => {
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : signalNumber(signal))));
  });
  release();
  await Promise.all(streams.map((stream) => stream.settled()));
  return { exit_code, left_group: groupLives(pid) ? pid : null };
}

/** Ends whatever is left of a process group. */
export function killGroup(group: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Nobody is left in it.
  }
}

export function groupLives(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

function signalOnAbort(pid: number, options: ProcessOptions): () => void {
  const timers: NodeJS.Timeout[] = [];
  const onKill = (): void => killGroup(pid);
  const onStop = (): void => {
    killGroup(pid, "SIGINT");
    timers.push(
      setTimeout(() => killGroup(pid, "SIGTERM"), options.sigint_grace_ms),
      setTimeout(onKill, options.sigint_grace_ms + options.sigterm_grace_ms),
    );
  };
  options.stop.addEventListener("abort", onStop, { once: true });
  options.kill.addEventListener("abort", onKill, { once: true });
  if (options.stop.aborted) onStop();
  if (options.kill.aborted) onKill();
  return () => {
    for (const timer of timers) clearTimeout(timer);
    options.stop.removeEventListener("abort", onStop);
    options.kill.removeEventListener("abort", onKill);
  };
}

/** Cuts a stream into lines; `settled` waits for its end, or after the process's end for silence. */
function readLines(stream: Readable, onLine: (line: string) => void): { settled: () => Promise<void> } {
  let rest = "";
  let last_at = 0;
  let done = false;
  const flush = (): void => {
    if (rest !== "") onLine(rest);
    rest = "";
  };
  const ended = new Promise<void>((resolve) => stream.once("close", resolve));
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    if (done) return;
    last_at = performance.now();
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    if (rest.length > max_line) flush();
  });
  return {
    settled: async () => {
      last_at = performance.now();
      const quiet = Promise.withResolvers<void>();
      const timer = setInterval(() => {
        if (performance.now() - last_at >= silence_ms) quiet.resolve();
      }, silence_ms / 2);
      await Promise.race([ended, quiet.promise]);
      clearInterval(timer);
      flush();
      done = true;
    },
  };
}

function signalNumber(signal: NodeJS.Signals): number {
  return signal === "SIGINT" ? 2 : signal === "SIGTERM" ? 15 : signal === "SIGKILL" ? 9 : 1;
}
