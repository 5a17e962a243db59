import { Redis } from "ioredis";
import { Client } from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "../src/test-database.ts";
import { testRedisUrl } from "../src/test-redis.ts";

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("clones of a template share its content and nothing else, and it is migrated once", async () => {
  let migrations = 0;
  const options = {
    template: "testing_of_templates",
    migrate: async (url: string) => {
      migrations += 1;
      await query(url, "create table notes (text text); insert into notes values ('from the template')");
    },
  };
  const [one, other] = await Promise.all([createTestDatabase(options), createTestDatabase(options)]);
  await query(one.url, "insert into notes values ('mine')");

  expect(migrations).toBe(1);
  expect(await query(one.url, "select text from notes")).toHaveLength(2);
  expect(await query(other.url, "select text from notes")).toEqual([{ text: "from the template" }]);
});

test("a template whose migration failed is tried again", async () => {
  const template = "testing_of_failures";
  await expect(createTestDatabase({ template, migrate: () => Promise.reject(new Error("broken")) })).rejects.toThrow(
    "broken",
  );
  const database = await createTestDatabase({
    template,
    migrate: (url) => query(url, "create table notes (text text)"),
  });
  expect(await query(database.url, "select * from notes")).toEqual([]);
});

test("a dropped database is gone even while somebody is connected", async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  client.on("error", () => undefined);
  await client.connect();
  await database.drop();
  await expect(query(database.url, "select 1")).rejects.toThrow("does not exist");
});

test("every Redis URL leads to a database of its own", async () => {
  const [one, other] = await Promise.all([testRedisUrl(), testRedisUrl()]);
  const [first, second] = [new Redis(one), new Redis(other)];
  try {
    await first.set("key", "value");
    expect(await first.get("key")).toBe("value");
    expect(await second.get("key")).toBeNull();
  } finally {
    first.disconnect();
    second.disconnect();
  }
});
