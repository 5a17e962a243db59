import { chores, type RegistryChore, registryChores } from "@infraskill/contracts/chores";
import type { Context } from "../context.ts";
import { deleteOldDeliveries } from "../deliveries/delete-old.ts";
import { deleteOldKeys } from "../idempotency/delete-old.ts";
import { deleteOldLogs } from "../logs/delete-old.ts";
import { noteDone, noteFailure, takeChore, waitingChores } from "./store.ts";

/** Answers how many rows it was about. */
type Chore = (context: Context) => Promise<number>;

const work: Readonly<Record<RegistryChore, Chore>> = {
  delete_old_logs: deleteOldLogs,
  delete_old_deliveries: ({ db, retention_days }) => deleteOldDeliveries(db, retention_days),
  delete_old_keys: ({ db, retention_days }) => deleteOldKeys(db, retention_days.keys),
};

/** Does what is due of the registry's own. A chore is one registry's until its next time; one that fails comes again then, and harms no other. */
export async function doDueChores(context: Context): Promise<void> {
  const { db, log, scale } = context;
  const waiting = await waitingChores(db);
  for (const name of registryChores) {
    if (waiting.has(name) || !(await takeChore(db, name, chores[name].every_ms * scale))) continue;
    try {
      const rows = await work[name](context);
      await noteDone(db, name, { rows });
      log.debug({ chore: name, rows }, "Chore done");
    } catch (error) {
      log.warn({ err: error, chore: name }, "Chore failed");
      await noteFailure(db, name, error instanceof Error ? error.message : String(error));
    }
  }
}
