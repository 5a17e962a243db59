import { spawn } from "node:child_process";

/** We were asked to stop: by a signal, or because whoever started us is gone. */
export class Stopped extends Error {}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
const parent_watch_ms = 250;
const parent = process.ppid;

/**
 * Runs a program to its end, in a process group of its own so that a signal reaches it once, from us.
 * Signals are passed on; so is the death of our parent: `kill <npm>` reaches nobody below npm, but then our parent changes.
 *
 * @param {object} options
 * @param {"inherit" | "pipe"} options.output `pipe` collects what it writes
 * @param {"process" | "group"} [options.stop] whom a signal is passed on to
 * @returns {Promise<{ code: number, output: string }>} a program ended by a signal has 128 and more
 * @throws {Stopped} when a signal was passed on and the program is gone
 */
export async function runChild(command, args, { cwd, env, output, stop = "group" }) {
  const child = spawn(command, args, {
    cwd,
    env,
    detached: process.platform !== "win32",
    stdio: ["ignore", ...(output === "pipe" ? ["pipe", "pipe"] : ["inherit", "inherit"])],
  });
  const chunks = [];
  child.stdout?.on("data", (chunk) => chunks.push(chunk));
  child.stderr?.on("data", (chunk) => chunks.push(chunk));

  let stopped = false;
  const passOn = (signal) => {
    stopped = true;
    sendSignal(child, signal === "SIGHUP" ? "SIGTERM" : signal, stop);
  };
  for (const signal of signals) process.on(signal, passOn);
  const watch = setInterval(() => {
    if (process.ppid !== parent && !stopped) passOn("SIGTERM");
  }, parent_watch_ms);

  try {
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exit_code, signal) => resolve(exit_code ?? (signal === "SIGINT" ? 130 : 143)));
    });
    if (stopped && stop === "group") throw new Stopped();
    return { code, output: Buffer.concat(chunks).toString() };
  } finally {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, passOn);
  }
}

function sendSignal(child, signal, stop) {
  try {
    if (stop === "group" && process.platform !== "win32") process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It ended in the meantime.
  }
}
