import type { DeliveryEventName, DeliveryStatus } from "@infraskill/contracts/delivery-machine";
import { deliveryMachine } from "@infraskill/contracts/delivery-machine";
import { nextState } from "@infraskill/contracts/machine";
import { deliveryAttempts, deliveryOwes } from "@infraskill/contracts/owed";
import type { DeliveryOutcome } from "@infraskill/contracts/worker-events";
import type { DeliveryRow } from "../database/schema.ts";
import { type Due, owe, type TimeScale } from "../owed/owe.ts";

export type DeliveryDecision =
  | { kind: "ignored"; reason: string }
  | { kind: "changed"; status: DeliveryStatus; due: Due; attempts: number; reason: string | null };

type Known = Pick<DeliveryRow, "status" | "kind" | "attempts">;

/** Pure. A failure is tried again until it is poison; then the delivery is kept as failed. */
export function decideDelivery(row: Known, outcome: DeliveryOutcome, now: Date, scale: TimeScale): DeliveryDecision {
  const attempts = row.attempts + (outcome.type === "failed" ? 1 : 0);
  const poison = attempts >= deliveryAttempts;
  const event: DeliveryEventName = outcome.type === "failed" && !poison ? "postponed" : outcome.type;
  const status = nextState(deliveryMachine, row.status, event);
  if (status === undefined)
    return { kind: "ignored", reason: `a delivery that is ${row.status} does not accept ${event}` };
  const owed = status === "received" ? deliveryOwes[row.kind] : undefined;
  const due = owe(owed, now, scale, outcome.type === "postponed" ? outcome.wait_ms : undefined);
  return { kind: "changed", status, due: { ...due, at_once: false }, attempts, reason: reasonOf(outcome) };
}

function reasonOf(outcome: DeliveryOutcome): string | null {
  switch (outcome.type) {
    case "processed":
      return null;
    case "ignored":
      return outcome.reason;
    case "failed":
    case "postponed":
      return outcome.detail;
  }
}
