import { afterAll, beforeAll, expect, it } from "vitest";
import { activate, must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry.stop());

const accept = (guid: string, body: string) =>
  must(
    registry.calls.acceptWebhook({
      headers: { "x-github-event": "pull_request", "x-github-delivery": guid },
      body: new TextEncoder().encode(body),
    }),
  );

it("keeps a webhook's bytes as they came, once per GUID and once per body", async () => {
  const first = await accept("g1", '{"a": 1}  ');
  expect(first).toMatchObject({ duplicate: false, jobs: [{ queue: "deliveries" }] });
  expect(await accept("g1", '{"a": 2}')).toEqual({ duplicate: true, jobs: [] });
  expect(await accept("g2", '{"a": 1}  ')).toEqual({ duplicate: true, jobs: [] });
  const id = Number(first.jobs[0]?.payload.id);
  expect(await must(registry.calls.deliveryWork({ params: { id } }))).toMatchObject({
    guid: "g1",
    body: '{"a": 1}  ',
    status: "received",
    kind: "webhook",
  });
});

it("commits a delivery together with its effect, whatever the order of open and merge", async () => {
  await activate(registry, "merged-by-webhook");
  const body = { actor: "ada", skill: skillText("merged-by-webhook", { yaml_content: "name: two\n" }) };
  await must(registry.calls.updateSkill({ params: { id: "merged-by-webhook" }, body }));
  const [row] = await registry.query(
    "select r.id, r.hash from skill_revisions r where r.revision = 2 and r.status = 'validating'",
  );
  const { id, hash } = row as { id: number; hash: string };
  await must(
    registry.calls.reportRevision({
      params: { id },
      body: { version: 0, event: { type: "found_valid", hash, diagnostics: [] } },
    }),
  );
  const opened = {
    type: "pr_opened",
    pr_number: 77,
    pr_url: "https://github.test/pull/77",
    head_sha: "a".repeat(40),
    blob_sha: "e".repeat(40),
  } as const;
  await must(registry.calls.reportRevision({ params: { id }, body: { version: 1, event: opened } }));

  const { jobs } = await accept("merge", '{"merge":77}');
  const delivery = { id: Number(jobs[0]?.payload.id) };
  const outcome = {
    type: "processed",
    facts: [{ type: "pull_request_merged", pr_number: 77, merge_commit_sha: "f".repeat(40) }],
  } as const;
  const applied = await must(
    registry.calls.reportDelivery({
      params: delivery,
      body: { version: 0, outcome: { ...outcome, facts: [...outcome.facts] } },
    }),
  );
  expect(applied).toMatchObject({
    applied: true,
    status: "processed",
    jobs: [{ queue: "activation", payload: { id: String(id) } }],
  });
  const again = await must(
    registry.calls.reportDelivery({
      params: delivery,
      body: { version: 0, outcome: { ...outcome, facts: [...outcome.facts] } },
    }),
  );
  expect(again).toMatchObject({ applied: false });
});

it("keeps a poison delivery as failed, and a redelivery of it owes the work again", async () => {
  const { jobs } = await accept("poison", "{");
  const id = Number(jobs[0]?.payload.id);
  for (let version = 0; version < 10; version += 1) {
    await must(
      registry.calls.reportDelivery({
        params: { id },
        body: { version, outcome: { type: "failed", detail: "not JSON" } },
      }),
    );
  }
  expect(await must(registry.calls.deliveryWork({ params: { id } }))).toMatchObject({ status: "failed", attempts: 10 });
  const again = await accept("poison", "{");
  expect(again).toMatchObject({
    duplicate: true,
    jobs: [{ queue: "deliveries", payload: { id: String(id), version: 11 } }],
  });
});

it("lists deliveries by status, newest first, a page at a time", async () => {
  const { items, next_cursor } = await must(registry.calls.listDeliveries({ query: { limit: 1 } }));
  expect(items).toMatchObject([{ guid: "poison", kind: "webhook", event: "pull_request", status: "received" }]);
  const rest = await must(registry.calls.listDeliveries({ query: { cursor: next_cursor ?? "" } }));
  expect(rest.items.map(({ guid }) => guid)).toEqual(["merge", "g1"]);
  const processed = await must(registry.calls.listDeliveries({ query: { status: "processed", kind: "webhook" } }));
  expect(processed.items.map(({ guid }) => guid)).toEqual(["merge"]);
});

it("reads a failed delivery again when a person asks, who is remembered, and no other", async () => {
  const id = Number((await registry.query("select id from deliveries where guid = 'poison'"))[0]?.["id"]);
  const replay = () => registry.calls.replayDelivery({ params: { id }, body: { actor: "ada" } });
  expect(await replay()).toMatchObject({ ok: false, status: 409 });
  await registry.query("update deliveries set status = 'failed', due_at = null, reason = 'not JSON' where id = $1", [
    id,
  ]);
  expect(await must(replay())).toMatchObject({
    delivery: { id, status: "received", reason: null, attempts: 0 },
    jobs: [{ queue: "deliveries", payload: { id: String(id), version: 12 } }],
  });
  const [event] = await registry.query("select * from audit_events where kind = 'delivery'");
  expect(event).toMatchObject({ actor: "ada", action: "replayed", object_id: String(id), from_status: "failed" });
  expect(await registry.calls.replayDelivery({ params: { id: 999 }, body: { actor: "ada" } })).toMatchObject({
    status: 404,
  });
});

it("knows which webhooks never came", async () => {
  const body = { guids: ["g1", "never", "merge"] };
  expect(await must(registry.calls.missingDeliveries({ body }))).toEqual({ guids: ["never"] });
});
