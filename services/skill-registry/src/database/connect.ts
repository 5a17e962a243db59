import { Kysely, PostgresDialect } from "kysely";
import { Pool, types } from "pg";
import { prepareStatements } from "./prepare-statements.ts";
import type { Database } from "./schema.ts";

export type Db = Kysely<Database>;

export type ConnectOptions = {
  url: string;
  /** Connections at most; default 16. */
  max?: number;
  onError?: (error: Error) => void;
};

/** A pool that answers or fails within seconds: a hanging Postgres must become a 503, not a hanging request. */
export function connectDatabase({ url, max = 16, onError }: ConnectOptions): { db: Db; pool: Pool } {
  const pool = new Pool({
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
  // The pool listens to a connection only while nobody uses it. Lost in between two statements, it would end the process; the next statement fails anyway.
  pool.on("connect", (client) => client.on("error", () => undefined));
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool: prepareStatements(pool) }) }), pool };
}

/** GitHub's ids and our sequences fit a double exactly. */
const getTypeParser: typeof types.getTypeParser = (oid, format) =>
  oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format);
