import type { Context } from "../context.ts";
import { executionsWithOldLogs, forgetLogs } from "./store.ts";
import { storeKinds } from "./stores/log-store.ts";

/** Executions at a time: what a storage over the network deletes within seconds. */
const BATCH = 50;

/**
 * Deletes the text of logs whose execution ended more than `days` ago, wherever it is kept; jobs and steps with their timings stay. The text goes first:
 * what a crash leaves is deleted again. Answers how many.
 */
export async function deleteOldLogs({ db, logs, retention_days }: Context): Promise<number> {
  let deleted = 0;
  for (const kind of storeKinds) {
    const store = logs.by_kind[kind];
    if (store === undefined) continue;
    for (;;) {
      const execution_ids = await executionsWithOldLogs(db, kind, retention_days.logs, BATCH);
      if (execution_ids.length === 0) break;
      await store.deleteAll(execution_ids);
      deleted += Number(await forgetLogs(db, kind, execution_ids));
    }
  }
  return deleted;
}
