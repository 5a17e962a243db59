import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { identifyProcess, isAlive, worksIn } from "./process-identity.ts";

test("a process is alive until it ends, and another start time is another process", async () => {
  const child = spawn("cat", { cwd: tmpdir() });
  await once(child, "spawn");
  const identity = await identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error("the child is not seen");

  expect(await isAlive(identity)).toBe(true);
  expect(await isAlive({ ...identity, started: "another boot:1" })).toBe(false);
  expect(await worksIn(identity.pid, tmpdir())).toBe(true);
  expect(await worksIn(identity.pid, "/")).toBe(false);

  child.stdin.end();
  await once(child, "exit");
  expect(await isAlive(identity)).toBe(false);
});
