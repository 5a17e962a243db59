import type { BegunDispatch } from "@infraskill/contracts/registry/work";
import type { Context } from "../context.ts";
import { decideExecution } from "./decide.ts";
import { movedBy } from "./moved.ts";
import { moveExecution } from "./store.ts";
import { findWork, toWork } from "./work.ts";

/**
 * Gives an execution to the one executor that will send it, in two round trips: what was read is decided on, and written only if the row is still at
 * that version, which is the check right before the outside effect. No lock is needed, because nothing of the task moves. Undefined when there is no
 * such execution.
 */
export async function beginDispatch(
  context: Context,
  execution_id: string,
  version: number,
): Promise<BegunDispatch | undefined> {
  const found = await findWork(context.db, execution_id);
  if (found === undefined) return undefined;
  if (found.version === version && found.status === "queued") {
    const decision = decideExecution(found, { type: "dispatch_started" }, found.now, context);
    if (decision.kind === "changed") {
      const { action, detail, status, due } = decision;
      const set = { ...decision.set, status, due_at: due.due_at };
      const moved = await moveExecution(context.db, found, { set, actor: "infraskill", action, detail });
      if (moved !== undefined) return { begun: true, work: toWork({ ...found, ...movedBy(found, set) }, context) };
    }
  }
  return { begun: false, work: toWork(found, context) };
}
