import { bodyIfFound, bodyOf } from "@infraskill/client/body-of";
import type { JobPayload } from "@infraskill/contracts/queues";
import type { DeliveryOutcome } from "@infraskill/contracts/worker-events";
import type { JobContext } from "@infraskill/platform/worker";
import type { Tools } from "../tools.ts";

/** Has what a run reported applied to its execution. The gateway has verified where it comes from; the registry knows what it means. */
export async function handleCallback({ id, version }: JobPayload, { log }: JobContext, tools: Tools): Promise<void> {
  const { registry, publisher } = tools;
  const params = { id };
  const work = bodyIfFound(await registry.deliveryWork({ params }));
  if (work?.version !== version || work.status !== "received" || work.kind !== "callback") {
    log.debug({ delivery_id: id }, "Delivery has moved on");
    return;
  }
  const outcome: DeliveryOutcome = { type: "processed", facts: [] };
  const applied = bodyOf(await registry.reportDelivery({ params, body: { version, outcome } }));
  await publisher.publishAll(applied.jobs);
}
