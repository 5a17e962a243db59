import { readdir, readFile } from "node:fs/promises";
import { trackingId } from "../step/environment.ts";
import { groupLives, killGroup } from "../step/process.ts";
import type { JobSession } from "./session.ts";

/** Ends the processes that steps left running. */
export async function cleanUp(session: JobSession, step_number: number): Promise<void> {
  const groups = session.left_groups.filter(groupLives);
  if (groups.length === 0) return;
  session.log.write(step_number, "Cleaning up orphan processes");
  for (const pid of await processesOf(session)) {
    session.log.write(step_number, `Terminate orphan process: pid (${pid})`);
    terminate(pid);
  }
}

/**
 * A group's number may have come to belong to somebody else since, so the processes are told by the tracking id in
 * their environment where the system shows it (/proc); elsewhere the group has to do.
 */
async function processesOf(session: JobSession): Promise<number[]> {
  const mark = `RUNNER_TRACKING_ID=${trackingId(session)}\0`;
  let names: string[];
  try {
    names = await readdir("/proc");
  } catch {
    for (const group of session.left_groups) killGroup(group);
    return [];
  }
  const pids = names.filter((name) => /^\d+$/.test(name)).map(Number);
  const marked = await Promise.all(
    pids.map(async (pid) => {
      try {
        return (await readFile(`/proc/${pid}/environ`, "latin1")).includes(mark);
      } catch {
        return false;
      }
    }),
  );
  return pids.filter((_, at) => marked[at] === true);
}

function terminate(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}
