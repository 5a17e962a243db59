import { afterAll, beforeAll, expect, it } from "vitest";
import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "@infraskill/testing/test-database";
import { connectDatabase } from "../src/database/connect.ts";
import { migrate } from "../src/database/migrate.ts";
import { readLiveEvents } from "../src/live-events/feed.ts";
import { must, type Registry, skillText, startRegistry } from "./registry.ts";

let registry: Registry;
let database: TestDatabase;
beforeAll(async () => {
  registry = await startRegistry();
  database = await createTestDatabase({ template: "registry", migrate });
});
afterAll(async () => {
  await registry.stop();
  await database.drop();
});

it("wakes a waiting reader with the change, and resumes after the id it has seen", async () => {
  const { last_id } = await must(registry.calls.liveEvents({ query: {} }));
  const waiting = must(registry.calls.liveEvents({ query: { after: last_id, wait_ms: 5_000 } }));
  await must(registry.calls.createSkill({ body: { actor: "ada", skill: skillText("watched") } }));
  const { items } = await waiting;
  expect(items).toMatchObject([{ kind: "skill", object_id: "watched", status: "validating", version: 1 }]);
  expect(await must(registry.calls.liveEvents({ query: { after: items[0]?.id, wait_ms: 0 } }))).toMatchObject({
    items: [],
  });
});

it("never passes over an event whose transaction commits later than a higher id's", async () => {
  const { db } = connectDatabase({ url: database.url });
  const slow = new Client({ connectionString: database.url });
  const quick = new Client({ connectionString: database.url });
  await Promise.all([slow.connect(), quick.connect()]);
  const insert = (client: Client, object_id: string) =>
    client.query(
      "insert into audit_events (actor, kind, object_id, action, version, live_status) values ('a', 'skill', $1, 'x', 1, 'active')",
      [object_id],
    );
  await slow.query("begin");
  await insert(slow, "slow");
  await insert(quick, "quick");
  const reading = readLiveEvents(db, 0, 100);
  await slow.query("commit");
  expect((await reading).map(({ object_id }) => object_id)).toEqual(["slow", "quick"]);
  await Promise.all([slow.end(), quick.end(), db.destroy()]);
});
