import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it, onTestFinished } from "vitest";
import { freePort, isPortFree } from "./free-port.ts";

it("chooses a port that a server can use and no outgoing connection is given", async () => {
  const server = createServer().listen(await freePort(), "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  expect(port).toBeLessThan(32_768);
  expect(await isPortFree(port)).toBe(false);
  server.close();
  await once(server, "close");
  expect(await isPortFree(port)).toBe(true);
});

it("does not give the same port twice, whichever process asks", async () => {
  const own = await Promise.all(Array.from({ length: 40 }, freePort));
  const others = await Promise.all(Array.from({ length: 4 }, askInAnotherProcess));
  const all = [...own, ...others.flat()];
  expect(new Set(all).size).toBe(5 * 40);
});

/** Forty ports; the process that was given them lives until the others have theirs. */
async function askInAnotherProcess(): Promise<number[]> {
  const script = `
    import { freePort } from ${JSON.stringify(join(import.meta.dirname, "free-port.ts"))};
    console.log(JSON.stringify(await Promise.all(Array.from({ length: 40 }, freePort))));
    process.stdin.resume();
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  onTestFinished(() => void child.kill());
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  return JSON.parse(line) as number[];
}
