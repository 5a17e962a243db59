import { type DeliveryStatus, deliveryMachine } from "@infraskill/contracts/delivery-machine";
import { nextState } from "@infraskill/contracts/machine";
import { deliveryAttempts } from "@infraskill/contracts/owed";
import type { DeliveryOutcome } from "@infraskill/contracts/worker-events";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { decideDelivery } from "./decide.ts";

const now = new Date("2026-11-22T10:00:00Z");
const command = fc.constantFrom<DeliveryOutcome | { type: "replayed" }>(
  { type: "processed", facts: [] },
  { type: "ignored", reason: "nothing in it" },
  { type: "failed", detail: "broken" },
  { type: "failed", detail: "broken" },
  { type: "failed", detail: "broken" },
  { type: "failed", detail: "broken" },
  { type: "postponed", detail: "GitHub is away", wait_ms: 1 },
  { type: "replayed" },
);

it("10,000 random walks through deliveries agree with the model", () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 25 }), fc.constantFrom("webhook", "callback"), (commands, kind) => {
      let row: { status: DeliveryStatus; kind: typeof kind; attempts: number } = {
        status: "received",
        kind,
        attempts: 0,
      };
      // The model: it is open until it was read; failures count since it came or was replayed; too many make it poison.
      let state: DeliveryStatus = "received";
      let failures = 0;
      for (const { type, ...more } of commands) {
        let owes = false;
        if (type === "replayed") {
          const status = nextState(deliveryMachine, row.status, "replayed");
          if (status !== undefined) row = { ...row, status, attempts: 0 };
          if (state === "failed") [state, failures] = ["received", 0];
        } else {
          const decided = decideDelivery(row, { type, ...more } as DeliveryOutcome, now, 1);
          if (decided.kind === "changed") {
            row = { ...row, status: decided.status, attempts: decided.attempts };
            owes = decided.due.due_at !== null;
          }
          const open = state === "received";
          if (open && type === "failed") failures += 1;
          if (open && type !== "postponed") state = type === "failed" && failures < deliveryAttempts ? state : type;
        }
        expect([type, owes]).toEqual([type, type !== "replayed" && state === "received"]);
        expect([type, row.status, row.attempts]).toEqual([type, state, failures]);
      }
    }),
    { numRuns: 10_000 },
  );
}, 60_000);
