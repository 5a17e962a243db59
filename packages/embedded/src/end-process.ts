import { readFile, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { identifyProcess, isAlive, worksIn } from "./process-identity.ts";

/** A signal and how long to wait for the process to go before the next, harder one. */
export type Escalation = readonly { readonly signal: NodeJS.Signals; readonly wait_ms: number }[];

const poll_ms = 10;

/**
 * Ends a process: sends each signal in turn until it is gone, then SIGKILL. `leader`: what is left of the process group
 * that it leads is killed in the end.
 */
export async function endProcess(
  pid: number,
  escalation: Escalation,
  kind: "single" | "leader" = "single",
): Promise<void> {
  const identity = await identifyProcess(pid);
  for (const { signal, wait_ms } of [...escalation, { signal: "SIGKILL", wait_ms: 5_000 } as const]) {
    if (identity === undefined || !(await isAlive(identity))) break;
    sendSignal(pid, signal);
    // A stopped process takes no signal before it goes on.
    sendSignal(pid, "SIGCONT");
    const deadline = Date.now() + wait_ms;
    while (Date.now() < deadline && (await isAlive(identity))) await delay(poll_ms);
  }
  if (kind === "leader") sendSignal(-pid, "SIGKILL");
}

/**
 * Stops the server that an earlier start left behind: the process named in the first line of `pid_file`,
 * if it is alive and works in `folder`. A pid file that names any other process is removed.
 * @returns the process that was stopped, if there was one
 */
export async function stopLeftover(
  pid_file: string,
  folder: string,
  escalation: Escalation,
): Promise<number | undefined> {
  const pid = await readPid(pid_file);
  if (pid === undefined) return undefined;
  if (!(await worksIn(pid, folder))) {
    await rm(pid_file, { force: true });
    return undefined;
  }
  await endProcess(pid, escalation);
  return pid;
}

async function readPid(pid_file: string): Promise<number | undefined> {
  const first_line = await readFile(pid_file, "utf8").then(
    (text) => text.split("\n")[0],
    () => undefined,
  );
  const pid = Number(first_line);
  return first_line !== undefined && Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone between the look and the signal: that is what was wanted.
  }
}
