import { request } from "node:http";
import { Problem } from "@infraskill/contracts/problem";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestGateway, type TestGateway, tokenOf } from "./support/gateway.ts";
import { execution_id } from "./support/samples.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const execute = "/api/skills/say-hello/execute";
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

it.each([
  ["broken JSON", "POST", execute, "{", 400],
  ["an empty body that calls itself JSON", "POST", execute, "", 400],
  ["JSON that is no object", "POST", execute, "[]", 422],
  ["null", "POST", "/api/skills/create", "null", 422],
  ["a poisoned prototype", "POST", execute, '{"inputs":{"__proto__":{"admin":true}}}', 400],
  ["a poisoned constructor", "POST", execute, '{"constructor":{"prototype":{"admin":true}}}', 400],
  ["a NUL", "POST", execute, '{"inputs":{"a":"x\\u0000"}}', 422],
  ["a NUL in a key", "POST", execute, '{"inputs":{"a\\u0000":"x"}}', 422],
  ["a lone surrogate", "POST", execute, '{"inputs":{"a":"\\ud800"}}', 422],
  ["100,000 nested arrays", "POST", execute, `{"inputs":{"a":${nested("[", "]", 100_000)}}}`, 422],
  ["90,000 nested objects", "POST", execute, `${'{"inputs":'.repeat(90_000)}1${"}".repeat(90_000)}`, 422],
  ["an unknown field", "POST", execute, '{"inputs":{},"extra":1}', 422],
  ["a megabyte too much", "POST", execute, JSON.stringify({ inputs: { a: "x".repeat(1_100_000) } }), 413],
  [
    "two texts for one skill",
    "POST",
    "/api/skills/create",
    '{"name":"a","yaml_content":"x","commands":[{"run":"x"}]}',
    422,
  ],
  ["a path for a name", "POST", "/api/skills/create", '{"name":"../../x","yaml_content":"x"}', 422],
  ["a huge number", "POST", "/api/skills/create", '{"name":"a","commands":[{"run":"x"}],"timeout_minutes":1e999}', 422],
  ["an unknown query field", "GET", "/api/skills?colour=red", undefined, 400],
  ["a query field where none is known", "GET", "/api/me?x=1", undefined, 400],
  ["__proto__ as a query field", "GET", "/api/skills?__proto__=1", undefined, 400],
  ["a query field twice", "GET", "/api/skills?limit=1&limit=2", undefined, 422],
  ["a text query field twice", "GET", "/api/skills?q=a&q=b", undefined, 422],
  ["a limit of nothing", "GET", "/api/skills?limit=0", undefined, 422],
  ["a limit beyond numbers", "GET", "/api/skills?limit=1e999", undefined, 422],
  ["a status nobody has", "GET", "/api/skills?status=sleeping", undefined, 422],
  ["a NUL in a search", "GET", "/api/skills?q=%00", undefined, 422],
  ["a bad escape in the path", "GET", "/api/skills/%zz", undefined, 400],
  ["an escape that is no UTF-8", "GET", "/api/skills/%ff", undefined, 400],
  ["a NUL in the path", "GET", "/api/skills/%00", undefined, 404],
  ["a path out of the path", "GET", "/api/skills/..%2f..%2fetc", undefined, 404],
  ["an id that is none", "GET", "/api/executions/1", undefined, 404],
  ["a number beyond numbers", "DELETE", `/api/tokens/${"9".repeat(400)}`, undefined, 404],
  ["a job beyond numbers", "GET", `/api/executions/${execution_id}/logs?job=99999999999999999999`, undefined, 422],
  ["an address nobody has", "GET", "/api/nothing", undefined, 404],
  ["a method nobody has", "PATCH", "/api/skills/7", undefined, 405],
  ["GET where only POST is", "GET", "/webhooks/github", undefined, 405],
] as const)("answers %s with its problem", async (_what, method, path, body, status) => {
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  const answer = await gateway.call(method, path, body, { headers });
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(Problem.parse(await answer.json())).toMatchObject({ status, instance: answer.headers.get("x-request-id") });
  expect(answer.headers.has("allow")).toBe(status === 405);
});

it.each([
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
  "nonsense",
])("refuses a body of type %s", async (type) => {
  const answer = await gateway.call("POST", execute, "x=1", { headers: { "content-type": type } });
  expect([answer.status, Problem.parse(await answer.json()).status]).toEqual([415, 415]);
});

it.each([
  ["idempotency-key", "x".repeat(201), execute, 400],
  ["prefer", "x".repeat(101), "/api/skills/create", 400],
  ["last-event-id", "yesterday", "/api/events", 400],
  ["last-event-id", "-1", "/api/events", 400],
])("refuses the header %s: %s", async (name, value, path, status) => {
  const method = path === "/api/events" ? "GET" : "POST";
  const body = method === "GET" ? undefined : path === execute ? {} : { name: "a", yaml_content: "x" };
  const answer = await gateway.call(method, path, body, { headers: { [name]: value } });
  expect(answer.status).toBe(status);
});

it("survives a caller who goes away in the middle of a body", async () => {
  await new Promise<void>((resolve) => {
    const half = request(gateway.url + execute, {
      method: "POST",
      headers: {
        authorization: `Bearer ${tokenOf("admin")}`,
        "content-type": "application/json",
        "content-length": 1_000,
      },
    });
    half.once("error", () => undefined);
    half.once("close", () => resolve());
    half.write('{"inputs"', () => half.destroy());
  });
  expect((await gateway.call("GET", "/api/me")).status).toBe(200);
});

it("creates nothing from any of it", () => {
  const asked = new Set(gateway.registry.received.map(({ name }) => name));
  expect([...asked].filter((name) => !["authenticate", "liveEvents"].includes(name))).toEqual([]);
});
