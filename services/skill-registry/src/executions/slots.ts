import { createHash } from "node:crypto";
import type { Concurrency } from "@infraskill/contracts/skill";
import { executionOwes } from "@infraskill/contracts/owed";
import type { Job } from "@infraskill/contracts/queues";
import { groupOf } from "@infraskill/workflow/evaluate/concurrency-group";
import { sql } from "kysely";
import { recordAudit } from "../audit/store.ts";
import { fromNow } from "../database/clock.ts";
import type { Db } from "../database/connect.ts";
import type { ExecutionRow } from "../database/schema.ts";
import { jobsOf } from "./owed-by.ts";
import type { Terms } from "./terms.ts";

const slotsLock = 7_310_221;

export type Limits = Pick<ExecutionRow, "concurrency_group" | "concurrency_limit">;

/** What an execution counts in: its skill's group, evaluated from its inputs. Groups of two skills never meet. */
export function limitsOf(skill_name: string, concurrency: Concurrency | null, inputs: Record<string, unknown>): Limits {
  if (concurrency === null) return { concurrency_group: null, concurrency_limit: null };
  const group = groupOf(concurrency, inputs);
  const short = group.length <= 200 ? group : createHash("sha256").update(group).digest("hex");
  return { concurrency_group: `${skill_name}: ${short}`, concurrency_limit: concurrency.limit };
}

/** Whether an execution may have to wait. */
export function isLimited(limits: Limits, { repository_limit }: Terms): boolean {
  return limits.concurrency_group !== null || repository_limit !== undefined;
}

/**
 * Gives free slots to those that wait, first in first out, inside the caller's transaction, and answers the jobs they owe from now on. Who holds a
 * slot is read off the rows (a slot taken and its run not ended), so that none can leak; one lock orders those who count. Call it last: the lock is
 * held until the transaction ends. Whoever holds it waits for nobody: a row that somebody else is changing is passed over, and the sweeper looks again.
 * Outside of a transaction it makes its own; if that is lost, the sweeper gives the slots.
 */
export async function giveSlots(db: Db, terms: Terms): Promise<{ rows: ExecutionRow[]; jobs: Job[] }> {
  return db.isTransaction ? giveAll(db, terms) : db.transaction().execute((trx) => giveAll(trx, terms));
}

async function giveAll(trx: Db, terms: Terms): Promise<{ rows: ExecutionRow[]; jobs: Job[] }> {
  await sql`select pg_advisory_xact_lock(${slotsLock})`.execute(trx);
  const rows: ExecutionRow[] = [];
  for (;;) {
    const row = await giveNextSlot(trx, terms);
    if (row === undefined) return { rows, jobs: rows.flatMap(jobsOf) };
    rows.push(row);
    await recordAudit(trx, {
      actor: "infraskill",
      kind: "execution",
      object_id: row.execution_id,
      action: "slot_taken",
      from_status: row.status,
      to_status: row.status,
      version: row.version,
      live_status: row.status,
    });
  }
}

/** Whether an execution that came now would have to wait. */
export async function wouldWait(db: Db, limits: Limits, { repository_limit }: Terms): Promise<boolean> {
  const { concurrency_group, concurrency_limit } = limits;
  const { rows } = await sql<{ all: number; same: number }>`
    select count(*)::int as all, count(*) filter (where concurrency_group = ${concurrency_group})::int as same
    from skill_executions holder where ${holds}`.execute(db);
  const { all = 0, same = 0 } = rows[0] ?? {};
  return all >= (repository_limit ?? Infinity) || same >= (concurrency_limit ?? Infinity);
}

export async function someoneWaits(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom("skill_executions")
    .select("execution_id")
    .where("status", "=", "queued")
    .where("slot_taken_at", "is", null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A run that was not seen to end may still act: an execution past its deadline keeps its slot until its logs are all there, or given up. */
const holds = sql`holder.slot_taken_at is not null and (
  holder.status in ('queued', 'dispatching', 'running', 'cancelling') or
  (holder.status = 'timed_out' and holder.failure_code = 'deadline_passed' and holder.logs_owed))`;

async function giveNextSlot(trx: Db, terms: Terms): Promise<ExecutionRow | undefined> {
  const { repository_limit } = terms;
  const repositoryHasRoom =
    repository_limit === undefined
      ? sql`true`
      : sql`(select count(*) from skill_executions holder where ${holds}) < ${repository_limit}`;
  return trx
    .updateTable("skill_executions")
    .set((eb) => ({
      ...slotTaken(terms),
      version: eb("version", "+", 1),
    }))
    .where(
      "execution_id",
      "=",
      sql<string>`(
        select waiting.execution_id from skill_executions waiting
        where waiting.status = 'queued' and waiting.slot_taken_at is null and ${repositoryHasRoom}
          and (waiting.concurrency_limit is null or waiting.concurrency_limit > (
            select count(*) from skill_executions holder
            where holder.concurrency_group = waiting.concurrency_group and ${holds}))
        order by waiting.position limit 1 for no key update skip locked)`,
    )
    .returningAll()
    .executeTakeFirst();
}

/** What goes with a slot: the dispatch is owed, and its deadline begins. */
export function slotTaken({ scale, deadlines }: Terms) {
  return {
    slot_taken_at: sql<Date>`clock_timestamp()`,
    due_at: fromNow(executionOwes.queued.again_ms * scale),
    deadline_at: fromNow(deadlines.until_dispatched_ms * scale),
  };
}
