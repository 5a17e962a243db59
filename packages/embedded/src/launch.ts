import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { endProcess, type Escalation } from "./end-process.ts";
import { CannotStart } from "./cannot-start.ts";
import { stopWithParent } from "./stop-with-parent.ts";

/** A database server running on this machine. */
export interface LocalServer {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Settles when the process is gone, wanted or not. */
  readonly exited: Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Launch {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly log_file: string;
  readonly isReady: (pid: number) => Promise<boolean>;
  readonly escalation: Escalation;
  /** Let the server end by itself when this process dies, however it dies. */
  readonly stop_with_parent: boolean;
}

/** The server ended, or was not ready in time; `log` holds the end of what it wrote. */
export class LaunchFailed extends CannotStart {
  readonly log: string;

  constructor(server: string, log: string) {
    super(`${server} did not start: ${log.trim() || "it wrote nothing"}`);
    this.log = log;
  }
}

const ready_within_ms = 30_000;

/**
 * Starts a server in its own process group, so that Ctrl-C does not reach it before those who need it,
 * and waits until it is ready.
 * @throws LaunchFailed
 */
export async function launch(launch: Launch): Promise<Omit<LocalServer, "url" | "port">> {
  const child = await spawnServer(launch);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const pid = child.pid;
  if (pid === undefined) {
    const error = await new Promise<Error>((resolve) => child.once("error", resolve));
    throw new LaunchFailed(launch.name, error.message);
  }
  const deadline = Date.now() + ready_within_ms;
  while (!(await launch.isReady(pid))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      await endProcess(pid, launch.escalation);
      throw new LaunchFailed(launch.name, await endOf(launch.log_file));
    }
    await delay(10);
  }
  if (launch.stop_with_parent) void exited.then(stopWithParent(pid, launch.escalation[0]?.signal ?? "SIGTERM"));
  return {
    pid,
    exited,
    stop: async () => {
      await endProcess(pid, launch.escalation);
      await exited;
    },
  };
}

async function spawnServer(launch: Launch): Promise<ChildProcess> {
  await rename(launch.log_file, `${launch.log_file}.1`).catch(() => undefined);
  const log = openSync(launch.log_file, "a", 0o600);
  try {
    return spawn(launch.command, launch.args, {
      cwd: launch.folder,
      env: launch.env,
      detached: true,
      stdio: ["ignore", log, log],
      ...launch.user,
    });
  } finally {
    closeSync(log);
  }
}

async function endOf(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-8).join("\n");
}
