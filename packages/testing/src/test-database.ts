import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier } from "pg";
import { providedPostgresUrl } from "./provided.ts";
import { until } from "./until.ts";

export interface TestDatabase {
  readonly url: string;
  /** Sessions that are still open are cut off. */
  drop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Names the template: files that name the same one share it, so the same `migrate` must stand behind it. */
  readonly template: string;
  /** Brings an empty database to the wanted state and closes its connections. Called once per test run. */
  readonly migrate: (db_url: string) => Promise<unknown>;
}

/**
 * A database of the calling test file's own. With a template it is a clone of a database that was migrated once per
 * test run; without, it is empty. For files of the projects `int` and `e2e`.
 */
export async function createTestDatabase(options?: TestDatabaseOptions): Promise<TestDatabase> {
  const admin_url = providedPostgresUrl();
  const name = `test_${randomBytes(6).toString("hex")}`;
  await withAdmin(admin_url, async (admin) => {
    if (options === undefined) {
      await admin.query(`create database ${name}`);
      return;
    }
    const template = await prepareTemplate(admin, admin_url, options);
    // A file copy beats the write-ahead log: nothing is flushed on a test server.
    await admin.query(`create database ${name} template ${escapeIdentifier(template)} strategy file_copy`);
  });
  return {
    url: databaseUrl(admin_url, name),
    drop: () =>
      withAdmin(admin_url, async (admin) => {
        await waitForSessions(admin, name);
        await admin.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

async function prepareTemplate(
  admin: Client,
  admin_url: string,
  { template, migrate }: TestDatabaseOptions,
): Promise<string> {
  const name = `template_${template}`;
  // Test files run in several processes; the first one migrates, the others wait. The session's end unlocks.
  await admin.query("select pg_advisory_lock(hashtext($1))", [name]);
  const { rowCount } = await admin.query("select from pg_database where datname = $1", [name]);
  if (rowCount === 0) {
    const unfinished = `${name}_unfinished`;
    await admin.query(`drop database if exists ${escapeIdentifier(unfinished)} with (force)`);
    await admin.query(`create database ${escapeIdentifier(unfinished)}`);
    await migrate(databaseUrl(admin_url, unfinished));
    await admin.query(`alter database ${escapeIdentifier(unfinished)} rename to ${escapeIdentifier(name)}`);
  }
  await admin.query("select pg_advisory_unlock(hashtext($1))", [name]);
  return name;
}

/** A pool that was ended a moment ago may still be saying goodbye; cutting it off then would be an error nobody listens to. */
async function waitForSessions(admin: Client, name: string): Promise<void> {
  const gone = async () => {
    const { rowCount } = await admin.query("select from pg_stat_activity where datname = $1", [name]);
    return rowCount === 0;
  };
  await until(gone, { timeout_ms: 1_000 }).catch(() => undefined);
}

async function withAdmin(url: string, act: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  try {
    await act(admin);
  } finally {
    await admin.end();
  }
}

function databaseUrl(admin_url: string, name: string): string {
  const url = new URL(admin_url);
  url.pathname = `/${name}`;
  return url.href;
}
