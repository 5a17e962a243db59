import type { Job } from "@infraskill/contracts/queues";
import type { Context } from "../context.ts";
import { giveSlots, someoneWaits } from "../executions/slots.ts";

/** Gives slots that are free although nothing has just ended, such as after a limit was raised. */
export async function giveFreeSlots(context: Context): Promise<Job[]> {
  if (!(await someoneWaits(context.db))) return [];
  return context.db.transaction().execute(async (trx) => (await giveSlots(trx, context)).jobs);
}
