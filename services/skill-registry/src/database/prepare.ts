import { errorText } from "@infraskill/platform/error-text";
import type { Log } from "@infraskill/platform/logger";
import type { Service } from "@infraskill/platform/process";
import { sleep } from "@infraskill/platform/time";
import { makeChores } from "../chores/store.ts";
import type { Config } from "../config.ts";
import { keepAdminToken } from "../tokens/store.ts";
import type { Db } from "./connect.ts";
import { migrate } from "./migrate.ts";

export type Preparation = Service & {
  /** Undefined once the database is up to date, else what is missing. */
  missing(): string | undefined;
};

/** Migrates and keeps the first admin token, again and again until Postgres is there: services start in any order. */
export function prepareDatabase(config: Config, db: Db, log: Log, hash: (token: string) => Uint8Array): Preparation {
  const stopping = new AbortController();
  let missing: string | undefined = "the database is not prepared yet";

  async function attempt(): Promise<void> {
    if (config.MIGRATE) {
      const { applied } = await migrate(config.DATABASE_URL);
      if (applied.length > 0) log.info({ applied }, "Database migrated");
    }
    await makeChores(db);
    const token = config.ADMIN_TOKEN;
    if (token !== undefined) await keepAdminToken(db, hash(token), token.slice(0, 8));
  }

  async function prepare(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await attempt();
        missing = undefined;
        return;
      } catch (error) {
        const reason = `the database is not prepared: ${errorText(error)}`;
        if (reason !== missing) log.warn({ err: error }, "Database not ready");
        missing = reason;
        await sleep(500, stopping.signal).catch(() => undefined);
      }
    }
  }

  const preparing = prepare();
  return {
    missing: () => missing,
    async stop() {
      stopping.abort();
      await preparing;
    },
  };
}
