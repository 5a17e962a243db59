import type { Log } from "@infraskill/platform/logger";
import type { Service } from "@infraskill/platform/process";
import { sleep } from "@infraskill/platform/time";
import type { Config } from "../config.ts";
import { keepAdminToken } from "../tokens/store.ts";
import type { Db } from "./connect.ts";
import { migrate } from "./migrate.ts";

export type Preparation = Service & { readonly done: boolean; readonly state: string };

/** Migrates and keeps the first admin token, again and again until Postgres is there: services start in any order. */
export function prepareDatabase(config: Config, db: Db, log: Log, hash: (token: string) => Uint8Array): Preparation {
  const stopping = new AbortController();
  const preparation = { done: false, state: "the database is not prepared yet", stop: async () => stopping.abort() };
  const attempt = async () => {
    if (config.MIGRATE) {
      const { applied } = await migrate(config.DATABASE_URL);
      if (applied.length > 0) log.info({ applied }, "Database migrated");
    }
    if (config.ADMIN_TOKEN !== undefined)
      await keepAdminToken(db, hash(config.ADMIN_TOKEN), config.ADMIN_TOKEN.slice(0, 8));
    preparation.done = true;
  };
  void (async () => {
    while (!preparation.done && !stopping.signal.aborted) {
      try {
        await attempt();
      } catch (error) {
        if (
          preparation.state !==
          (preparation.state = `the database is not prepared: ${error instanceof Error ? error.message : String(error)}`)
        ) {
          log.warn({ err: error }, "Database not ready");
        }
        await sleep(500, stopping.signal).catch(() => undefined);
      }
    }
  })();
  return preparation;
}
