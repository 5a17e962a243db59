import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export type ServiceProcess = {
  readonly url: string;
  /** Sends a signal; resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** For the end of a test, whatever became of it. */
  kill(): void;
};

/** Runs a service's `main.ts` as production does, until it has logged `listening` with its `url`. @throws with what it logged when it ends before that */
export async function startServiceProcess(
  main: string,
  { env, listening }: { env: Readonly<Record<string, string>>; listening: string },
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      lines.push(line);
      const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
      if (msg === listening) resolve(url ?? "");
    });
    child.once("exit", () => reject(new Error(`it ended before it listened:\n${lines.join("\n")}`)));
  });
  return {
    url,
    async end(signal) {
      child.kill(signal);
      return (await exited)[0];
    },
    kill: () => void child.kill("SIGKILL"),
  };
}
