import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "@infraskill/testing/until";
import { activate, commit, must, type Registry, repository, startRegistry } from "./registry.ts";

let registry: Registry;
const made: Record<string, string> = {};
beforeAll(async () => {
  registry = await startRegistry();
  await activate(registry, "restart-web");
  await activate(registry, "rotate-keys");
  const wanted = [
    ["first", "restart-web", "ada", "web-1"],
    ["second", "restart-web", "bob", "web-2"],
    ["third", "rotate-keys", "ada", "db prod"],
    ["fourth", "rotate-keys", "bob", "web-1"],
  ] as const;
  for (const [key, name, actor, host] of wanted) {
    const { execution } = await must(
      registry.calls.executeSkill({ params: { name }, body: { actor, inputs: { host } } }),
    );
    made[key] = execution.execution_id;
  }
  const second = { execution_id: made["second"] ?? "" };
  await must(registry.calls.cancelExecution({ params: second, body: { actor: "ada" } }));
});
afterAll(() => registry.stop());

it.each<[Record<string, string>, string[]]>([
  [{}, ["fourth", "third", "second", "first"]],
  [{ requested_by: "ada" }, ["third", "first"]],
  [{ requested_by: "ada", skill: "rotate-keys" }, ["third"]],
  [{ input: "host=web-1" }, ["fourth", "first"]],
  [{ input: "host=web-1", skill: "restart-web" }, ["first"]],
  [{ input: "hots=web-1" }, []],
  [{ input: "host=5" }, []],
  [{ q: "prod" }, ["third"]],
  [{ q: "web-1" }, ["fourth", "first"]],
  [{ q: "restart-web" }, ["second", "first"]],
  [{ q: "bob web-1" }, ["fourth"]],
  [{ q: "' & | ! :*(" }, []],
  [{ q: "zebra" }, []],
  [{ since: "2020-01-01T00:00:00Z", until: "2020-01-02T00:00:00Z" }, []],
  [{ since: "2020-01-01T00:00:00Z" }, ["fourth", "third", "second", "first"]],
  [{ status: "cancelling" }, ["second"]],
  [{ status: "queued", skill: "restart-web" }, ["first"]],
  [{ status: "failed" }, []],
])("finds with %j", async (query, expected) => {
  const { items } = await must(registry.calls.listExecutions({ query }));
  const names = Object.fromEntries(Object.entries(made).map(([key, id]) => [id, key]));
  expect(items.map(({ execution_id }) => names[execution_id])).toEqual(expected);
});

it.each<[Record<string, string>, [string, string]]>([
  [{ requested_by: "bob" }, ["fourth", "second"]],
  [{ q: "web-1" }, ["fourth", "first"]],
  [{ input: "host=web-1" }, ["fourth", "first"]],
  [{ q: "web", skill: "restart-web" }, ["second", "first"]],
])("goes through what %j finds page after page", async (query, [newer, older]) => {
  const list = (more: object) => must(registry.calls.listExecutions({ query: { ...query, ...more, limit: 1 } }));
  const first = await list({});
  const second = await list({ cursor: first.next_cursor });
  expect([...first.items, ...second.items].map(({ execution_id }) => execution_id)).toEqual([made[newer], made[older]]);
  expect(second.next_cursor).toBeNull();
});

it("says of a dry run what would be sent, where and at which commit, and keeps nothing", async () => {
  const before = await registry.query("select count(*)::int as n from skill_executions");
  const preview = (name: string, inputs: Record<string, unknown>) =>
    registry.calls.previewExecution({ params: { name }, body: { inputs } });
  expect(await must(preview("restart-web", { host: "web-9" }))).toEqual({
    dry_run: true,
    skill_name: "restart-web",
    revision: 1,
    commit_hash: commit,
    inputs: { host: "web-9" },
    waits: false,
    request: {
      method: "POST",
      path: `/repos/${repository}/actions/workflows/skill-restart-web.yml/dispatches`,
      body: { ref: "skill/restart-web/1", inputs: { host: "web-9" } },
    },
  });
  expect((await preview("restart-web", { hots: 1 })).status).toBe(422);
  expect((await preview("nobody", {})).status).toBe(404);
  expect(await registry.query("select count(*)::int as n from skill_executions")).toEqual(before);
});

it("tells an execution as it was at one moment, whatever happens to it while it is read", async () => {
  const execution_id = made["first"] ?? "";
  const meanwhile = await registry.connect();
  try {
    await meanwhile.query("begin; lock table audit_events in access exclusive mode");
    const reading = must(registry.calls.getExecution({ params: { execution_id } }));
    const waits = "select from pg_locks where not granted and relation = 'audit_events'::regclass";
    await until(async () => (await registry.query(waits)).length > 0, { what: "the history being waited for" });
    await meanwhile.query(
      `insert into audit_events (actor, kind, object_id, action, to_status, version)
       select actor, kind, object_id, 'dispatched', 'running', version + 1 from audit_events where object_id = $1`,
      [execution_id],
    );
    await meanwhile.query("commit");
    const { status, events } = await reading;
    expect(events.at(-1)?.to_status).toBe(status);
  } finally {
    meanwhile.release(true);
  }
});
