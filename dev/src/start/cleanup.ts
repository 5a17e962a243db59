import { endProcess } from "@infraskill/embedded/end-process";
import { isAlive } from "@infraskill/embedded/process-identity";
import { forgetRunning, isRunning, readRunning, type Child } from "./running.ts";

/** Another start uses this data directory. The message is for people. */
export class AlreadyRunning extends Error {
  override readonly name = "AlreadyRunning";
}

const wait_ms = 5_000;

/**
 * Stops what a start that was killed left behind in this data directory.
 * @returns the names of the processes that were still alive
 * @throws {AlreadyRunning} when that start is alive
 */
export async function stopLeftovers(data_dir: string): Promise<string[]> {
  const running = readRunning(data_dir);
  if (running === undefined) return [];
  if (await isRunning(running)) {
    throw new AlreadyRunning(
      `infraskill already runs with the data in ${data_dir} (process ${running.supervisor.pid}). ` +
        "Stop it first, or give this one a place of its own with INFRASKILL_DATA_DIR.",
    );
  }
  const stopped = await stopChildren(running.children);
  // A newer start may have written its own in the meantime.
  if (readRunning(data_dir)?.supervisor.pid === running.supervisor.pid) forgetRunning(data_dir);
  return stopped;
}

/** Goes by number and start time, so that a stranger with a recycled number is left alone. */
async function stopChildren(children: readonly Child[]): Promise<string[]> {
  const stopped: string[] = [];
  for (const stage of [...new Set(children.map((child) => child.stage))].sort((a, b) => a - b)) {
    const stopping = children
      .filter((child) => child.stage === stage)
      .map(async (child) => {
        if (!(await isAlive(child))) return;
        await endProcess(child.pid, [{ signal: child.stop_signal, wait_ms }], "leader");
        stopped.push(child.name);
      });
    await Promise.all(stopping);
  }
  return stopped;
}
