import type { Job } from "@infraskill/contracts/queues";
import { HttpProblem } from "@infraskill/platform/http-problem";
import { recordAudit } from "../audit/store.ts";
import type { Context } from "../context.ts";
import { owedAgain } from "./keep.ts";
import { findDelivery } from "./store.ts";

/** Has a failed delivery read again because a person asked for it. Undefined when there is no such delivery. */
export async function replayDelivery(
  { db, scale }: Context,
  id: number,
  actor: string,
): Promise<{ jobs: Job[] } | undefined> {
  return db.transaction().execute(async (trx) => {
    const row = await findDelivery(trx, id);
    if (row === undefined) return undefined;
    const replayed = await owedAgain(trx, scale, row);
    if (replayed === undefined)
      throw new HttpProblem("wrong_state", `It is ${row.status}; only a failed one is replayed.`);
    await recordAudit(trx, {
      actor,
      kind: "delivery",
      object_id: String(id),
      action: "replayed",
      from_status: row.status,
      to_status: "received",
      version: replayed.version,
      detail: { event: row.event, guid: row.guid, reason: row.reason },
    });
    return { jobs: replayed.jobs };
  });
}
