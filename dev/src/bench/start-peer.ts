import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Something infraskill is measured against, in a process of its own. @returns the line it prints when it is ready */
export async function startPeer(
  file: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ line: string; child: ChildProcess }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, file)], {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const died = once(child, "exit").then(() => {
    throw new Error(`${file}, which infraskill is measured against, did not start`);
  });
  const [printed] = (await Promise.race([once(child.stdout, "data"), died])) as [Buffer];
  died.catch(() => undefined);
  return { line: printed.toString().trim(), child };
}
