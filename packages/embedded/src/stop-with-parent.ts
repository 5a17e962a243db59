import { spawn } from "node:child_process";

/**
 * Sends `signal` to `pid` when this process dies, even by SIGKILL: a small shell waits for the end of its input,
 * which the kernel closes together with us.
 * @returns a function that calls it off
 */
export function stopWithParent(pid: number, signal: NodeJS.Signals): () => void {
  const watcher = spawn("/bin/sh", ["-c", 'cat >/dev/null; kill -s "$2" "$1"', "sh", String(pid), signal.slice(3)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  return () => {
    watcher.kill("SIGKILL");
  };
}
