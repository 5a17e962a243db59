import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";

const fixture = join(import.meta.dirname, "fixtures/service.ts");

/** Runs the fixture, sends `signal` once it has started, and answers with its exit code and the messages it logged. */
async function run(env: Record<string, string>, signal?: NodeJS.Signals) {
  const child = spawn(process.execPath, [fixture], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output = text(child.stdout);
  child.stdout.on("data", (chunk: Buffer) => {
    if (signal !== undefined && chunk.includes("Service started")) child.kill(signal);
  });
  const [code] = (await once(child, "exit")) as [number | null];
  const lines = (await output).trim().split("\n");
  return { code, messages: lines.map((line) => (JSON.parse(line) as { msg: string }).msg), last: lines.at(-1) };
}

it.each<[string, Record<string, string>, NodeJS.Signals | undefined, number, string[]]>([
  [
    "stops in order on SIGTERM",
    {},
    "SIGTERM",
    0,
    ["Service started", "Service stopping", "Server closed", "Service stopped"],
  ],
  [
    "stops in order on SIGINT",
    {},
    "SIGINT",
    0,
    ["Service started", "Service stopping", "Server closed", "Service stopped"],
  ],
  ["ends with 1 when it cannot start", { FIXTURE_MODE: "cannot start" }, undefined, 1, ["Service could not start"]],
  [
    "ends with 1 on a rejection nobody handles",
    { FIXTURE_MODE: "rejects later" },
    undefined,
    1,
    ["Service started", "Unhandled rejection"],
  ],
  ["ends with 1 when told to crash", { FIXTURE_MODE: "crashes" }, undefined, 1, ["Service started", "Service crashed"]],
  [
    "ends with 1 when stopping fails",
    { FIXTURE_MODE: "fails to stop" },
    "SIGTERM",
    1,
    ["Service started", "Service stopping", "Service did not stop cleanly"],
  ],
  [
    "ends with 78 when its configuration is bad",
    { FIXTURE_PORT: "x" },
    undefined,
    78,
    ["Configuration cannot be used"],
  ],
  [
    "ends with 78 when it cannot say where its traces go",
    { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" },
    undefined,
    78,
    ["Configuration cannot be used"],
  ],
  [
    "stops as ever when the collector of its traces is away",
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" },
    "SIGTERM",
    0,
    ["Service started", "Service stopping", "Server closed", "Service stopped"],
  ],
])("a process %s", async (_what, env, signal, code, messages) => {
  const result = await run({ FIXTURE_PORT: "0", FIXTURE_MODE: "fine", ...env }, signal);
  expect({ code: result.code, messages: result.messages }).toEqual({ code, messages });
});
