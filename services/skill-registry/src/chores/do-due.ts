import { type ChoreName, chores } from "@infraskill/contracts/owed";
import { sql } from "kysely";
import type { Context } from "../context.ts";
import type { Db } from "../database/connect.ts";
import { deleteOldLogs } from "../logs/delete-old.ts";

type Chore = (context: Context) => Promise<unknown>;

const work: Readonly<Record<ChoreName, Chore>> = {
  delete_old_logs: ({ db, log_retention_days }) => deleteOldLogs(db, log_retention_days),
};

/** Does what is due. A chore is one registry's until its next time; one that fails comes again then, and harms no other. */
export async function doDueChores(context: Context): Promise<void> {
  const { db, log, scale } = context;
  for (const [name, { every_ms }] of Object.entries(chores) as [ChoreName, { every_ms: number }][]) {
    if (!(await take(db, name, every_ms * scale))) continue;
    try {
      const done = await work[name](context);
      await db
        .updateTable("chores")
        .set({ last_done_at: sql<Date>`clock_timestamp()` })
        .where("name", "=", name)
        .execute();
      log.debug({ chore: name, done }, "Chore done");
    } catch (error) {
      log.warn({ err: error, chore: name }, "Chore failed");
    }
  }
}

/** Whether the chore is due and nobody else has it; its row is made when there is none. */
async function take(db: Db, name: ChoreName, every_ms: number): Promise<boolean> {
  const { rows } = await sql`
    insert into chores as known (name, due_at) values (${name}, clock_timestamp() + ${every_ms} * interval '1 millisecond')
    on conflict (name) do update set due_at = excluded.due_at where known.due_at <= clock_timestamp()
    returning name`.execute(db);
  return rows.length > 0;
}
