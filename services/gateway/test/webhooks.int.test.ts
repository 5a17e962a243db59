import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestGateway, type TestGateway, webhook_secret } from "./support/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.registry.received.length = 0;
  gateway.registry.replies.acceptWebhook = () => ({ body: { duplicate: false, jobs: [] } });
});

const json = "application/json";

function sign(body: Uint8Array, secret = webhook_secret): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

function post(body: Buffer<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> {
  const given = {
    "content-type": json,
    "x-github-event": "push",
    "x-github-delivery": "0b989ba4-242f-11e5-81e1-c7b6966d2516",
    "x-hub-signature-256": sign(body),
    ...headers,
  };
  const sent = Object.entries(given).filter(([, value]) => value !== "");
  return fetch(`${gateway.url}/webhooks/github`, { method: "POST", headers: Object.fromEntries(sent), body });
}

const kept = () => gateway.registry.calls("acceptWebhook");
const lastBytes = () => kept().at(-1)?.body as Buffer;

it("hands the very bytes on, and answers 202", async () => {
  const body = Buffer.from('{ "b": 1,\r\n  "a": "\\u00e9 é \u{1f600}", "a": 2 }');
  const answer = await post(body);
  expect([answer.status, await answer.json()]).toEqual([202, { accepted: true }]);
  expect(kept().map(({ body, headers }) => ({ body, headers }))).toEqual([
    { body, headers: { "x-github-event": "push", "x-github-delivery": "0b989ba4-242f-11e5-81e1-c7b6966d2516" } },
  ]);
});

it("knows GitHub's own vector", async () => {
  const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  expect((await post(Buffer.from("Hello, World!"), { "x-hub-signature-256": signature })).status).toBe(202);
});

const body = Buffer.from('{"zen":"Keep it logically awesome."}');
it.each([
  ["no signature", { "x-hub-signature-256": "" }, 401],
  ["a wrong signature", { "x-hub-signature-256": sign(body, "another secret") }, 401],
  ["another body's signature", { "x-hub-signature-256": sign(Buffer.from("{}")) }, 401],
  ["only the older signature", { "x-hub-signature-256": "", "x-hub-signature": sign(body) }, 401],
  ["a form", { "content-type": "application/x-www-form-urlencoded" }, 415],
  ["no content type", { "content-type": "text/plain" }, 415],
  ["no event", { "x-github-event": "" }, 400],
  ["no delivery id", { "x-github-delivery": "" }, 400],
  ["an event name no one sends", { "x-github-event": "x".repeat(101) }, 400],
])("refuses %s and keeps nothing", async (_what, headers: Record<string, string>, status) => {
  const answer = await post(body, headers);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(kept()).toEqual([]);
});

it("takes 25 MB and no more", async () => {
  const large = Buffer.alloc(25 * 1024 * 1024, " ");
  expect((await post(large)).status).toBe(202);
  expect(lastBytes().length).toBe(large.length);
  expect((await post(Buffer.concat([large, Buffer.from(" ")]))).status).toBe(413);
});

it("accepts events it does not know, and a delivery that came before", async () => {
  gateway.registry.replies.acceptWebhook = () => ({ body: { duplicate: true, jobs: [] } });
  expect((await post(body, { "x-github-event": "invented_tomorrow" })).status).toBe(202);
});

it("answers 503 with Retry-After while the registry cannot keep it", async () => {
  gateway.registry.replies.acceptWebhook = () => ({ problem: "unavailable", headers: { "retry-after": "5" } });
  const answer = await post(body);
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
});

type Example = { name: string; examples: object[] };
const require = createRequire(import.meta.url);
const examples = require("@octokit/webhooks-examples") as Example[];
const payloads = examples.flatMap(({ name, examples }) => examples.map((payload) => ({ name, payload })));

describe("GitHub's recorded events", () => {
  it("are all there", () => expect(payloads.length).toBe(329));

  it("are all accepted, byte for byte", async () => {
    for (const { name, payload } of payloads) {
      const bytes = Buffer.from(JSON.stringify(payload));
      const answer = await post(bytes, { "x-github-event": name });
      expect([name, answer.status]).toEqual([name, 202]);
      expect(lastBytes().equals(bytes)).toBe(true);
    }
  });
});
