import { expect, test } from "vitest";
import { runChild } from "./child.mjs";

const options = { cwd: ".", env: process.env, output: "pipe" };

test("collects what a program writes and how it ended", async () => {
  expect(await runChild("sh", ["-c", "echo out; echo err >&2; exit 3"], options)).toEqual({
    code: 3,
    output: "out\nerr\n",
  });
});

test("a program ended by a signal has a code above 128", async () => {
  expect((await runChild("sh", ["-c", "kill -TERM $$"], options)).code).toBe(143);
});

test("a program that does not exist is an error", async () => {
  await expect(runChild("no-such-program", [], options)).rejects.toThrow("ENOENT");
});
