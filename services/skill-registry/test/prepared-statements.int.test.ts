import { createTestDatabase, type TestDatabase } from "@infraskill/testing/test-database";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectDatabase } from "../src/database/connect.ts";
import { databaseProblem } from "../src/database/errors.ts";
import { migrate } from "../src/database/migrate.ts";
import { planned_each_time } from "../src/database/prepare-statements.ts";

let database: TestDatabase;
let db: ReturnType<typeof connectDatabase>["db"];
beforeAll(async () => {
  database = await createTestDatabase({ template: "registry", migrate });
  ({ db } = connectDatabase({ url: database.url, max: 1 }));
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

it("keeps one plan of a statement on a connection, however often it is asked", async () => {
  const ask = (name: string) => sql<{ said: string }>`select ${name}::text || '!' as said`.execute(db);
  expect([(await ask("a")).rows, (await ask("b")).rows]).toEqual([[{ said: "a!" }], [{ said: "b!" }]]);
  const kept =
    await sql`select name from pg_prepared_statements where statement like '%::text || ''!'' as said'`.execute(db);
  expect(kept.rows).toHaveLength(1);
});

it("keeps no plan of a statement that is planned for each call", async () => {
  const ask = sql<{ said: string }>`select ${planned_each_time} ${"a"}::text || '?' as said`.execute(db);
  expect((await ask).rows).toEqual([{ said: "a?" }]);
  const kept = await sql`select name from pg_prepared_statements where statement like '%''?'' as said'`.execute(db);
  expect(kept.rows).toEqual([]);
});

it("answers 503 once when a migration changed the rows of a statement it has planned, then works again", async () => {
  const read = () => db.selectFrom("users").selectAll().where("name", "=", "ada").execute();
  await read();
  await sql`alter table users add column nickname varchar`.execute(db);
  const failed = await read().catch((error: unknown) => error);
  expect(databaseProblem(failed)).toMatchObject({ status: 503 });
  expect(await read()).toEqual([]);
});
