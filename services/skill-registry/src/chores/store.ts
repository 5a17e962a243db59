import { choreNames, type ChoreName } from "@infraskill/contracts/chores";
import { sql } from "kysely";
import type { Db } from "../database/connect.ts";
import type { ChoreRow } from "../database/schema.ts";

/** Every chore has its row, due at once when it is new. */
export async function makeChores(db: Db): Promise<void> {
  await db
    .insertInto("chores")
    .values(choreNames.map((name) => ({ name })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether the chore is due and nobody else has it. It is due again after `every_ms`, done or not. */
export async function takeChore(db: Db, name: ChoreName, every_ms: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("chores")
    .set({ due_at: inMilliseconds(every_ms) })
    .where("name", "=", name)
    .where("due_at", "<=", sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return numUpdatedRows > 0;
}

export async function noteDone(db: Db, name: ChoreName, result: Record<string, unknown>): Promise<void> {
  await db
    .updateTable("chores")
    .set({ last_done_at: sql<Date>`clock_timestamp()`, failure: null, result: JSON.stringify(result) })
    .where("name", "=", name)
    .execute();
}

export async function noteFailure(db: Db, name: ChoreName, failure: string): Promise<void> {
  await db.updateTable("chores").set({ failure }).where("name", "=", name).execute();
}

export async function findChore(db: Db, name: ChoreName): Promise<ChoreRow | undefined> {
  return db.selectFrom("chores").selectAll().where("name", "=", name).executeTakeFirst();
}

export async function listChores(db: Db): Promise<ChoreRow[]> {
  return db.selectFrom("chores").selectAll().where("name", "in", choreNames).orderBy("name").execute();
}

/** The chore as whoever reported it saw it, locked; undefined when it has moved on. */
export async function lockChore(trx: Db, name: ChoreName, version: number): Promise<ChoreRow | undefined> {
  return trx
    .selectFrom("chores")
    .selectAll()
    .where("name", "=", name)
    .where("version", "=", version)
    .forUpdate()
    .executeTakeFirst();
}

export async function moveChore(trx: Db, name: ChoreName, due_in_ms: number): Promise<void> {
  await trx
    .updateTable("chores")
    .set((eb) => ({ version: eb("version", "+", 1), due_at: inMilliseconds(due_in_ms) }))
    .where("name", "=", name)
    .execute();
}

function inMilliseconds(milliseconds: number) {
  return sql<Date>`clock_timestamp() + ${milliseconds} * interval '1 millisecond'`;
}

/** Those whose time has not come: one look where nothing is due, which is nearly always. */
export async function waitingChores(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom("chores")
    .select("name")
    .where((eb) => eb("due_at", ">", eb.fn<Date>("clock_timestamp")))
    .execute();
  return new Set(rows.map(({ name }) => name));
}
