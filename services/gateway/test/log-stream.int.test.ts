import { get, type IncomingMessage } from "node:http";
import type { LogChunk } from "@infraskill/contracts/execution";
import { until } from "@infraskill/testing/until";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestGateway, type TestGateway, tokenOf } from "./support/gateway.ts";
import { execution_id } from "./support/samples.ts";

type Job = { job_id: number; name: string; lines: string[]; deleted?: true };
let gateway: TestGateway;
let jobs: Job[];
let complete: boolean;

/** The registry's side: jobs in the order their logs came. */
function answerFor({ registry }: TestGateway): void {
  registry.replies.getLogIndex = () => {
    let from = 0;
    const kept = jobs.map(({ job_id, name, lines }) => {
      from += lines.length;
      return { job_id, name, from: from - lines.length, lines: lines.length };
    });
    return { body: { complete, jobs: kept.toReversed() } };
  };
  registry.replies.getJobLog = ({ params, query }) => {
    const job = jobs.find(({ job_id }) => job_id === Number(params.job_id));
    if (job === undefined) return { problem: "not_found" };
    const after = Number(query?.after);
    const lines = job.deleted === true ? [] : job.lines.slice(after, after + Number(query?.limit));
    return { body: { text: lines.map((line) => `${line}\n`).join("") } };
  };
}

beforeEach(async () => {
  jobs = [];
  complete = false;
  gateway = await startTestGateway();
  answerFor(gateway);
});
afterEach(() => gateway.stop());

type Event = { id: number; event: string; data: LogChunk };
type Stream = { response: IncomingMessage; events: Event[]; ended: boolean; close(): void };

function listen(at: TestGateway, { last_event_id, after }: { last_event_id?: number; after?: number } = {}) {
  const url = `${at.url}/api/executions/${execution_id}/logs/stream${after === undefined ? "" : `?after=${after}`}`;
  const headers = {
    authorization: `Bearer ${tokenOf("viewer")}`,
    ...(last_event_id === undefined ? {} : { "last-event-id": String(last_event_id) }),
  };
  return new Promise<Stream>((resolve, reject) => {
    const request = get(url, { headers }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`answered ${response.statusCode}`));
      const stream: Stream = { response, events: [], ended: false, close: () => request.destroy() };
      let rest = "";
      response.setEncoding("utf8");
      response.on("data", (text: string) => {
        const parts = (rest + text).split("\n\n");
        rest = parts.pop() ?? "";
        for (const part of parts) {
          const [, id, event, data = ""] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(part) ?? [];
          if (event !== undefined) stream.events.push({ id: Number(id), event, data: JSON.parse(data) as LogChunk });
        }
      });
      response.on("end", () => (stream.ended = true));
      response.on("error", () => undefined);
      return resolve(stream);
    });
    request.on("error", reject);
  });
}

/** Every line with its number over all jobs, its job and its number there. */
const linesOf = (events: readonly Event[]) =>
  events
    .filter(({ event }) => event === "lines")
    .flatMap(({ id, data: { job_id, line, texts } }) =>
      texts.map((text, index) => [id - texts.length + index + 1, job_id, line + index, text]),
    );
const expected = () =>
  jobs
    .flatMap(({ job_id, lines }) => lines.map((text, index) => [job_id, index + 1, text]))
    .map((line, index) => [index + 1, ...line]);
const numbered = (job_id: number, count: number): Job => ({
  job_id,
  name: `job ${job_id}`,
  lines: Array.from({ length: count }, (_, index) => `${job_id}:${index} \u001b[31m"é"\u001b[0m`),
});

it("tells the lines of each job as its log comes, then that they are complete, and ends", async () => {
  jobs.push({ job_id: 7, name: "claim", lines: ["one", "", "three"] });
  const stream = await listen(gateway);
  expect(stream.response.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
  await until(() => stream.events.length === 1);
  expect(stream.events[0]).toEqual({
    id: 3,
    event: "lines",
    data: { job_id: 7, name: "claim", line: 1, texts: ["one", "", "three"] },
  });
  expect(stream.ended).toBe(false);
  jobs.push(numbered(3, 1_203));
  await until(() => stream.events.length === 4);
  jobs.push({ job_id: 9, name: "report", lines: [] });
  complete = true;
  await until(() => stream.ended);
  expect(stream.events.at(-1)).toEqual({ id: 1_206, event: "complete", data: {} });
  expect(linesOf(stream.events)).toEqual(expected());
});

it("goes on after the last id that was seen, or after a number", async () => {
  jobs.push(numbered(1, 3), numbered(2, 3));
  complete = true;
  for (const from of [{ last_event_id: 4 }, { after: 4 }, { last_event_id: 4, after: 1 }]) {
    const stream = await listen(gateway, from);
    await until(() => stream.ended);
    expect(linesOf(stream.events)).toEqual(expected().slice(4));
  }
  const all_seen = await listen(gateway, { last_event_id: 6 });
  await until(() => all_seen.ended);
  expect(all_seen.events).toEqual([{ id: 6, event: "complete", data: {} }]);
});

it("loses and doubles no line over broken connections and a new gateway", async () => {
  const seen: Event[] = [];
  for (let round = 0; round < 12; round += 1) {
    if (round % 3 !== 2) jobs.push(numbered(100 + round, 700 + 13 * round));
    complete = round === 11;
    if (round === 6) {
      const { port } = new URL(gateway.url);
      await gateway.stop();
      gateway = await startTestGateway({ GATEWAY_PORT: Number(port) });
      answerFor(gateway);
    }
    const last_event_id = seen.at(-1)?.id ?? 0;
    const stream = await listen(gateway, { last_event_id });
    if (complete) await until(() => stream.ended);
    else if (last_event_id < expected().length) await until(() => stream.events.length > 0);
    stream.close();
    // What else had come went with the connection.
    seen.push(...stream.events.slice(0, complete ? undefined : 1 + (round % 3)));
  }
  expect(linesOf(seen)).toEqual(expected());
});

it("reads on only when the listener has", async () => {
  jobs.push(...Array.from({ length: 40 }, (_, index) => ({ ...numbered(index + 1, 0), lines: wide })));
  complete = true;
  const stream = await listen(gateway);
  stream.response.pause();
  const asked = () => gateway.registry.calls("getJobLog").length;
  let before = -1;
  await until(
    () => {
      const settled = asked() === before;
      before = asked();
      return settled;
    },
    { every_ms: 500 },
  );
  expect(before).toBeLessThan(30);
  stream.response.resume();
  await until(() => stream.ended, { timeout_ms: 20_000 });
  expect(linesOf(stream.events)).toHaveLength(40 * wide.length);
});
const wide = Array.from({ length: 500 }, () => "x".repeat(1_000));

it("passes over what has been deleted, and keeps the numbers", async () => {
  jobs.push({ ...numbered(1, 3), deleted: true }, numbered(2, 2));
  complete = true;
  const stream = await listen(gateway);
  await until(() => stream.ended);
  expect(linesOf(stream.events)).toEqual(expected().slice(3));
});

it("lets go of a listener when the log cannot be read on, without calling it complete", async () => {
  jobs.push(numbered(1, 2));
  const stream = await listen(gateway);
  await until(() => stream.events.length === 1);
  const working = gateway.registry.replies.getLogIndex;
  gateway.registry.replies.getLogIndex = () => ({ problem: "unavailable" });
  await until(() => stream.ended);
  expect(stream.events.map(({ event }) => event)).toEqual(["lines"]);
  const refused = await gateway.call("GET", `/api/executions/${execution_id}/logs/stream`);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "2"]);
  if (working !== undefined) gateway.registry.replies.getLogIndex = working;
  complete = true;
  const again = await listen(gateway, { last_event_id: 2 });
  await until(() => again.ended);
  expect(again.events.map(({ event }) => event)).toEqual(["complete"]);
});

it("ends when the gateway stops, and is not found without its execution", async () => {
  const stream = await listen(gateway);
  delete gateway.registry.replies.getLogIndex;
  expect((await gateway.call("GET", `/api/executions/${execution_id}/logs/stream`)).status).toBe(404);
  answerFor(gateway);
  const before = performance.now();
  await gateway.stop();
  await until(() => stream.ended);
  expect(performance.now() - before).toBeLessThan(3_000);
});
