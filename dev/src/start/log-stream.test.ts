import { expect, test } from "vitest";
import { createLogStream } from "./log-stream.ts";

const line = (level: string, msg: string) => JSON.stringify({ level, time: "2026-11-22T09:05:03.007Z", msg });

function record(held: boolean) {
  const printed: string[] = [];
  const stream = createLogStream({ held, colour: false, print: (text) => printed.push(text.slice(28)) });
  return { stream, printed };
}

test("holds lines back until everything is up, and then shows the ones that matter", () => {
  const { stream, printed } = record(true);
  stream.write("gateway", line("info", "Starting"));
  stream.write("gateway", line("error", "Broken"));
  expect(printed).toEqual([]);
  stream.open();
  stream.write("gateway", line("info", "Started"));
  expect(printed).toEqual(["error Broken", "info  Started"]);
});

test("shows all of them when the start failed", () => {
  const { stream, printed } = record(true);
  stream.write("gateway", line("info", "Starting"));
  stream.showHeld();
  expect(printed).toEqual(["info  Starting"]);
});

test("holds nothing back when everything is wanted", () => {
  const { stream, printed } = record(false);
  stream.write("gateway", line("debug", "Starting"));
  expect(printed).toEqual(["debug Starting"]);
});
