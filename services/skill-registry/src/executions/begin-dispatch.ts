import { executionOwes } from "@infraskill/contracts/owed";
import type { BegunDispatch } from "@infraskill/contracts/registry/work";
import { sql } from "kysely";
import type { Context } from "../context.ts";
import { fromNow } from "../database/clock.ts";
import { owe } from "../owed/owe.ts";
import { beginning } from "./decide.ts";
import { withMove } from "./store.ts";
import type { Terms } from "./terms.ts";
import { findWork, toWork } from "./work.ts";

/**
 * Gives an execution to the one executor that will send it, in one statement: it writes only where the row is queued, has its slot, and is still at the
 * version the job was published for, which is the check right before the outside effect. Undefined when there is no such execution.
 */
export async function beginDispatch(
  context: Context,
  execution_id: string,
  version: number,
): Promise<BegunDispatch | undefined> {
  const { db, seen } = context;
  const move = { set: taken(context), actor: "infraskill", action: "dispatch_started", detail: {} };
  const begun = await withMove(db, { execution_id, version, status: "queued" }, move, mayBegin)
    .selectFrom("moved")
    .innerJoin("skill_revisions", "skill_revisions.id", "moved.revision_id")
    .selectAll("moved")
    .select(["skill_revisions.inputs_schema", sql<Date>`clock_timestamp()`.as("now")])
    .executeTakeFirst();
  if (begun !== undefined) {
    seen.note(begun);
    return { begun: true, work: toWork({ ...begun, kept_logs: [] }, context) };
  }
  const found = await findWork(db, execution_id);
  return found && { begun: false, work: toWork(found, context) };
}

const mayBegin = sql<boolean>`status = 'queued' and slot_taken_at is not null`;

/** What goes with it, by the database's clock: decided at time 0, so that each time is how long it is from now. */
function taken(terms: Terms) {
  const start = new Date(0);
  const { dispatch_started_at, look_up_until } = beginning(start, terms);
  const { due_at } = owe(executionOwes.dispatching, start, terms.scale);
  return {
    status: "dispatching" as const,
    dispatch_attempts: sql<number>`dispatch_attempts + 1`,
    dispatch_started_at: fromNow(dispatch_started_at.getTime()),
    look_up_until: fromNow(look_up_until.getTime()),
    due_at: due_at && fromNow(due_at.getTime()),
  };
}
