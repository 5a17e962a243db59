import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { hashToken } from "../src/access/token.ts";
import { startTestGateway, type TestGateway } from "./support/gateway.ts";
import { anExecution, execution_id, some_logs } from "./support/samples.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());
beforeEach(() => {
  gateway.registry.received.length = 0;
});

const path = `/api/executions/${execution_id}`;

it("executes a skill", async () => {
  gateway.registry.replies.executeSkill = () => ({ body: { execution: anExecution(), jobs: [] } });
  const body = { inputs: { text: "a\"b $(touch x) '; `id`\n" } };
  const headers = { "idempotency-key": "k" };
  const answer = await gateway.call("POST", "/api/skills/say-hello/execute", body, { as: "operator", headers });
  expect([answer.status, answer.headers.get("location")]).toEqual([202, path]);
  expect(await answer.json()).toEqual(anExecution());
  expect(gateway.registry.calls("executeSkill")).toMatchObject([
    { params: { name: "say-hello" }, body: { actor: "the operator", idempotency_key: "k", ...body } },
  ]);
});

it.each([
  ["executeSkill", "/api/skills/say-hello/execute", { inputs: {} }],
  ["rerunExecution", `${path}/rerun`, undefined],
] as const)("asks for %s again under the same id where the answer is lost", async (name, address, body) => {
  let lost = 2;
  gateway.registry.replies[name] = () => (lost-- > 0 ? "lost" : { body: { execution: anExecution(), jobs: [] } });
  expect((await gateway.call("POST", address, body)).status).toBe(202);
  const ids = gateway.registry.calls(name).map((call) => (call.body as { id: string }).id);
  expect(ids).toHaveLength(3);
  expect(new Set(ids).size).toBe(1);
});

it("says what is not known where the answer stays lost, and what surely was not done", async () => {
  gateway.registry.replies.cancelExecution = () => "lost";
  const lost = await gateway.call("POST", `${path}/cancel`);
  expect([lost.status, await lost.json()]).toMatchObject([
    503,
    { detail: expect.stringContaining("may have been made") },
  ]);
  const alone = await startTestGateway();
  await alone.call("GET", "/api/me");
  await alone.registry.stop();
  const refused = await alone.call("POST", `${path}/cancel`);
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { detail: expect.stringContaining("Nothing was done") },
  ]);
  await alone.stop();
});

it("executes a skill without inputs without a body", async () => {
  gateway.registry.replies.executeSkill = () => ({ body: { execution: anExecution(), jobs: [] } });
  expect((await gateway.call("POST", "/api/skills/say-hello/execute")).status).toBe(202);
  expect(gateway.registry.calls("executeSkill")).toMatchObject([{ body: { inputs: {} } }]);
});

it("passes on which inputs miss the schema", async () => {
  const errors = [{ pointer: "/inputs/count", detail: "must be a number" }];
  gateway.registry.replies.executeSkill = () => ({ problem: "refused", errors });
  const answer = await gateway.call("POST", "/api/skills/say-hello/execute", { inputs: { count: "x" } });
  expect([answer.status, await answer.json()]).toMatchObject([422, { errors }]);
});

it("cancels, and runs again with the same inputs or others", async () => {
  gateway.registry.replies.cancelExecution = () => ({
    body: { execution: anExecution({ status: "cancelling" }), jobs: [] },
  });
  gateway.registry.replies.rerunExecution = () => ({ body: { execution: anExecution(), jobs: [] } });
  expect((await gateway.call("POST", `${path}/cancel`)).status).toBe(202);
  expect((await gateway.call("POST", `${path}/rerun`)).status).toBe(202);
  expect((await gateway.call("POST", `${path}/rerun`, { inputs: { a: 1 } })).status).toBe(202);
  expect(gateway.registry.calls("rerunExecution").map(({ body }) => body)).toEqual([
    { id: expect.any(String), actor: "the admin" },
    { id: expect.any(String), actor: "the admin", inputs: { a: 1 } },
  ]);
});

it.each([
  [undefined, "text/plain; charset=utf-8", "# claim\nclaimed\n# execute\nhello\nbye\n"],
  ["application/json", "application/json; charset=utf-8", JSON.stringify(some_logs)],
])("answers with the log by Accept %j", async (accept, type, text) => {
  gateway.registry.replies.getExecutionLogs = () => ({ body: some_logs });
  const answer = await gateway.call("GET", `${path}/logs?job=2&after=1`, undefined, {
    headers: accept === undefined ? {} : { accept },
  });
  expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([200, type, text]);
  expect(gateway.registry.calls("getExecutionLogs")[0]?.query).toEqual({ job: "2", after: "1" });
});

it("shows a new token once and hands its hash on", async () => {
  const at = "2026-11-22T10:00:00.000Z";
  const kept = { id: 3, name: "ci", role: "operator", created_by: "ada", created_at: at, expires_at: null } as const;
  gateway.registry.replies.createToken = ({ body }) => ({
    body: { ...kept, prefix: body.prefix, revoked_at: null, last_used_at: null },
  });
  gateway.registry.replies.revokeToken = () => ({ body: undefined });
  const answer = await gateway.call("POST", "/api/tokens", { name: "ci", role: "operator" });
  const { token, prefix } = (await answer.json()) as { token: string; prefix: string };
  expect([answer.status, answer.headers.get("cache-control"), token.startsWith(prefix)]).toEqual([
    201,
    "no-store",
    true,
  ]);
  const [asked] = gateway.registry.calls("createToken");
  expect(asked?.body).toMatchObject({ actor: "the admin", token_hash: hashToken(token) });
  expect(JSON.stringify(asked)).not.toContain(token);

  const revoked = await gateway.call("DELETE", "/api/tokens/3");
  expect([revoked.status, await revoked.text()]).toEqual([204, ""]);
  expect(gateway.registry.calls("revokeToken")).toMatchObject([{ params: { id: "3" }, query: { actor: "the admin" } }]);
});
