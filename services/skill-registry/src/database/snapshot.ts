import type { Db } from "./connect.ts";

/** Everything that `read` finds is of one moment, whatever is written between its statements. */
export function inSnapshot<T>(db: Db, read: (trx: Db) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(read);
}
