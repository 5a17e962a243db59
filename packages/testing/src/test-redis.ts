import { Client } from "pg";
import { providedPostgresUrl, providedRedisUrl } from "./provided.ts";
import { redis_databases } from "./server-settings.ts";

/**
 * The URL of an empty Redis database that no other call gets: `redis://127.0.0.1:6379/7`. Numbers are handed out by
 * Postgres, so a FLUSHALL does not start them again. A test that stops or flushes a whole Redis starts its own with
 * `startRedis` of packages/embedded.
 */
export async function testRedisUrl(): Promise<string> {
  const admin = new Client({ connectionString: providedPostgresUrl() });
  await admin.connect();
  try {
    await admin.query("select pg_advisory_lock(hashtext('redis_database'))");
    await admin.query("create sequence if not exists redis_database");
    const { rows } = await admin.query<{ number: number }>("select nextval('redis_database')::int as number");
    const number = rows[0]?.number ?? 0;
    if (number >= redis_databases)
      throw new Error(`more than ${redis_databases - 1} test databases of Redis asked for`);
    return `${providedRedisUrl()}/${number}`;
  } finally {
    await admin.end();
  }
}
