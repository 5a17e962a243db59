import { createHash } from "node:crypto";
import { type PostgresPool, type PostgresPoolClient, sql } from "kysely";
import { DatabaseError, type Pool, type PoolClient } from "pg";

/** Statements whose plan is kept on each connection; later ones are planned each time. */
const at_most = 200;
const names = new Map<string, string>();

/** At the front of a statement whose best plan depends on what it is asked with: Postgres plans it for each call. */
const each_time = "/* planned each time */";
export const planned_each_time = sql.raw(each_time);

/** A statement was planned before a migration changed the rows it answers with. The connection has to go, with all its plans. */
export const stale_plan = "0A000";

/** The pool for Kysely, where Postgres parses and plans a statement once on a connection, not once for each call. */
export function prepareStatements(pool: Pool): PostgresPool {
  return { options: pool.options, connect: async () => prepareOn(await pool.connect()), end: () => pool.end() };
}

function prepareOn(client: PoolClient): PostgresPoolClient {
  let stale = false;
  const query = async (text: string, values: readonly unknown[]) => {
    const name = values.length === 0 || text.includes(each_time) ? undefined : nameOf(text);
    try {
      return await client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
    } catch (error) {
      if (error instanceof DatabaseError && error.code === stale_plan) stale = true;
      throw error;
    }
  };
  // Nothing here reads by cursor, which is the other way a client is asked.
  return { query: query as unknown as PostgresPoolClient["query"], release: () => client.release(stale) };
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= at_most) return known;
  const name = createHash("sha256").update(text).digest("base64url");
  names.set(text, name);
  return name;
}
