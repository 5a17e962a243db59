import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Database } from "./schema.ts";

export type Db = Kysely<Database>;

export type ConnectOptions = {
  url: string;
  /** Connections at most; default 16. */
  max?: number;
  onError?: (error: Error) => void;
};

/** A pool that answers or fails within seconds: a hanging Postgres must become a 503, not a hanging request. */
export function connectDatabase({ url, max = 16, onError }: ConnectOptions): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_500,
    statement_timeout: 2_500,
    idle_in_transaction_session_timeout: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: { getTypeParser },
  });
  pool.on("error", (error) => onError?.(error));
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool };
}

const int8 = 20;

/** GitHub's ids and our sequences fit a double exactly. */
function getTypeParser(oid: number, format?: "text" | "binary") {
  if (oid === int8) return Number;
  return pg.types.getTypeParser(oid, format as "text");
}
