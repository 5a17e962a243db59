import { expect, test } from "vitest";
import { createProgress, formatTime } from "./progress.mjs";

test.for([
  [4.4, "4 ms"],
  [999, "999 ms"],
  [3_210, "3.2 s"],
  [75_000, "1 min 15 s"],
])("%d ms is said as %s", ([milliseconds, text]) => {
  expect(formatTime(milliseconds)).toBe(text);
});

function record(isTTY) {
  const written = [];
  let clock = 0;
  const stream = { isTTY, write: (text) => written.push(text) };
  const progress = createProgress({ verbose: false, stream, now: () => (clock += 100) });
  return { progress, text: () => written.join("") };
}

test("in a file every step has a line when it begins and one when it is done", async () => {
  const { progress, text } = record(false);
  await progress.step("fetching Node", async () => "Node fetched");
  expect(text()).toMatch(/^ {2}… fetching Node\n {2}✓ Node fetched +100 ms\n$/);
});

test("on a terminal only the done step stays", async () => {
  const { progress, text } = record(true);
  await progress.step("fetching Node", async () => "Node fetched");
  const [, done] = text().split("\r\u001B[K");
  expect(done).toMatch(/^ {2}✓ Node fetched +100 ms\n$/);
});

test("a step that fails says so and passes the error on", async () => {
  const { progress, text } = record(false);
  await expect(progress.step("fetching Node", () => Promise.reject(new Error("offline")))).rejects.toThrow("offline");
  expect(text()).toContain("✗ fetching Node");
});
