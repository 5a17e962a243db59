import { execFile } from "node:child_process";
import { readFile, readlink, realpath } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A process named so that a later process with the same number is not taken for it. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in a form that only this machine's present boot understands. */
  readonly started: string;
}

/** The identity of a living process; `undefined` when there is none with this number. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  const started = process.platform === "linux" ? await startedOnLinux(pid) : await startedByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether exactly this process is still alive. A zombie counts as dead. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identifyProcess(identity.pid))?.started === identity.started;
}

/** Whether the living process `pid` has `folder` as its working directory. */
export async function worksIn(pid: number, folder: string): Promise<boolean> {
  try {
    const own = process.platform === "linux" ? await readlink(`/proc/${pid}/cwd`) : await workingDirectoryByLsof(pid);
    return own === (await realpath(folder));
  } catch {
    return false;
  }
}

async function startedOnLinux(pid: number): Promise<string | undefined> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "utf8"),
      readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => ""),
    ]);
    // proc(5): the command stands in parentheses and may hold spaces; after it come state (field 3) … starttime (22).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : `${boot.trim()}:${fields[19]}`;
  } catch {
    return undefined;
  }
}

async function startedByPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run("ps", ["-o", "state=,lstart=", "-p", String(pid)]);
    const [state, ...started] = stdout.trim().split(/\s+/);
    return state === undefined || state.startsWith("Z") ? undefined : started.join(" ");
  } catch {
    return undefined;
  }
}

async function workingDirectoryByLsof(pid: number): Promise<string | undefined> {
  const { stdout } = await run("lsof", ["-a", "-p", String(pid), "-d", "cwd", "-Fn"]);
  return stdout
    .split("\n")
    .find((line) => line.startsWith("n"))
    ?.slice(1);
}
