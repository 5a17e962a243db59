import { get, type IncomingMessage } from "node:http";
import type { LiveEvent } from "@infraskill/contracts/live-event";
import { until } from "@infraskill/testing/until";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestGateway, type TestGateway, tokenOf } from "./support/gateway.ts";

let gateway: TestGateway;
let log: LiveEvent[];
let wake: () => void;
let poll: Promise<void>;

/** The registry's side: an append-only list and a long poll over it. */
function append(count = 1, status = "queued") {
  for (let made = 0; made < count; made += 1) {
    log.push({ id: log.length + 1, kind: "execution", object_id: "x", status, version: log.length });
  }
  const waiting = wake;
  poll = new Promise((resolve) => (wake = resolve));
  waiting();
}

beforeEach(async () => {
  log = [];
  poll = new Promise((resolve) => (wake = resolve));
  gateway = await startTestGateway();
  gateway.registry.replies.liveEvents = async ({ query }) => {
    const after = query?.after === undefined ? log.length : Number(query.after);
    if (log.length <= after && Number(query?.wait_ms ?? 0) > 0) await poll;
    const items = log.slice(after, after + Number(query?.limit ?? 500));
    return { body: { items, last_id: items.at(-1)?.id ?? after } };
  };
  await until(async () => (await listen()).close(), { what: "the feed" });
});
afterEach(async () => {
  wake();
  await gateway.stop();
});

type Stream = { text: string; ended: boolean; response: IncomingMessage; ids(): number[]; close(): true };

function listen(last_event_id?: number): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${tokenOf("viewer")}`,
      ...(last_event_id === undefined ? {} : { "last-event-id": String(last_event_id) }),
    };
    const request = get(`${gateway.url}/api/events`, { headers }, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`answered ${response.statusCode}`));
      const stream: Stream = {
        text: "",
        ended: false,
        response,
        ids: () => [...stream.text.matchAll(/^id: (\d+)\nevent: execution\ndata: /gm)].map((match) => Number(match[1])),
        close: () => {
          request.destroy();
          return true;
        },
      };
      response.on("data", (chunk: Buffer) => (stream.text += chunk.toString()));
      response.on("end", () => (stream.ended = true));
      response.on("error", () => undefined);
      return resolve(stream);
    });
    request.on("error", reject);
  });
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

it("reads what comes in quick succession together", async () => {
  const stream = await listen();
  const before = gateway.registry.calls("liveEvents").length;
  append();
  await until(() => stream.ids().length === 1, { what: "the first event" });
  for (let n = 0; n < 20; n += 1) append();
  await until(() => stream.ids().length === 21, { what: "the others" });
  expect(gateway.registry.calls("liveEvents").length - before).toBeLessThanOrEqual(3);
  stream.close();
});

it("tells every listener what happens, as the contract has it, over one long poll", async () => {
  const streams = await Promise.all([listen(), listen(), listen()]);
  append();
  await until(() => streams.every((stream) => stream.ids().length === 1));
  for (const { text, response } of streams) {
    expect(response.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    expect(text).toBe(
      'retry: 2000\n\nid: 0\n\nid: 1\nevent: execution\ndata: {"id":"x","status":"queued","version":0}\n\n',
    );
  }
  const waiting = gateway.registry
    .calls("liveEvents")
    .filter(({ query }) => (query as { wait_ms: string }).wait_ms !== "0");
  expect(waiting.length).toBeLessThanOrEqual(2);
  for (const stream of streams) stream.close();
});

it("resumes after Last-Event-ID over many pages without a gap or a duplicate while more happens", async () => {
  append(2_500);
  const stream = await listen(3);
  for (let round = 0; round < 50; round += 1) {
    append(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => stream.ids().at(-1) === 3_000);
  expect(stream.ids()).toEqual(range(4, 3_000));
  append();
  await until(() => stream.ids().at(-1) === 3_001);
  expect(stream.ids()).toEqual(range(4, 3_001));
  stream.close();
});

it("goes on after the registry was away, without a gap", async () => {
  const stream = await listen();
  append(2);
  await until(() => stream.ids().length === 2);
  const working = gateway.registry.replies.liveEvents;
  gateway.registry.replies.liveEvents = () => ({ problem: "unavailable" });
  append(3);
  await until(() => gateway.logged.some((line) => line.includes("Live events interrupted")));
  if (working !== undefined) gateway.registry.replies.liveEvents = working;
  await until(() => stream.ids().length === 5);
  expect(stream.ids()).toEqual(range(1, 5));
  stream.close();
});

it("starts at the end for an id from the future, so that a restored database is followed again", async () => {
  append(2);
  const stream = await listen(1_000);
  await until(() =>
    gateway.registry.calls("liveEvents").some(({ query }) => (query as { after?: string }).after === "1000"),
  );
  await until(() => {
    append();
    return stream.ids().length > 0;
  });
  expect(stream.ids()[0]).toBeGreaterThan(2);
  stream.close();
});

it("drops a client that does not read, and keeps the others", async () => {
  const [slow, quick] = await Promise.all([listen(), listen()]);
  slow.response.pause();
  const closed = new Promise((resolve) => slow.response.socket.once("close", resolve));
  await until(
    () => {
      append(500, "s".repeat(500));
      return gateway.logged.some((line) => line.includes("Live listener dropped"));
    },
    { every_ms: 10, timeout_ms: 30_000 },
  );
  slow.response.resume();
  await closed;
  append(1, "last");
  await until(() => quick.text.includes('"last"'));
  expect(quick.ids()).toEqual(range(1, log.length));
  quick.close();
});

it("ends every stream when the gateway stops", async () => {
  const streams = await Promise.all([listen(), listen(1)]);
  const before = performance.now();
  wake();
  await gateway.stop();
  await until(() => streams.every(({ ended }) => ended));
  expect(performance.now() - before).toBeLessThan(3_000);
});
