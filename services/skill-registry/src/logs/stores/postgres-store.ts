import { sql } from "kysely";
import type { Db } from "../../database/connect.ts";
import type { LogStore } from "./log-store.ts";

/** Texts in a table of their own, compressed by Postgres. */
export function createPostgresStore(db: Db): LogStore {
  return {
    async put(ref, text) {
      await db
        .insertInto("log_texts")
        .values({ ...ref, text })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async get({ execution_id, job_id, hash }) {
      const row = await db
        .selectFrom("log_texts")
        .select("text")
        .where("execution_id", "=", execution_id)
        .where("job_id", "=", job_id)
        .where("hash", "=", hash)
        .executeTakeFirst();
      return row?.text;
    },
    async deleteAll(execution_ids) {
      if (execution_ids.length === 0) return;
      await db.deleteFrom("log_texts").where("execution_id", "in", execution_ids).execute();
    },
    async check() {
      await sql`select 1`.execute(db);
    },
  };
}
