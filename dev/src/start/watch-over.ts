import { spawn } from "node:child_process";
import { join } from "node:path";

const watchdog = join(import.meta.dirname, "watchdog.ts");

/**
 * Lets a small shell wait for our death, however it comes, and then stop what we started.
 * @returns a function that calls it off
 */
export function watchOver(data_dir: string): () => void {
  const command = ["-c", 'cat >/dev/null; exec "$@"', "sh", process.execPath, watchdog, data_dir, String(process.pid)];
  const shell = spawn("/bin/sh", command, { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  shell.unref();
  return () => {
    shell.kill("SIGKILL");
  };
}
