import { defineMachine, type EventOf, type StateOf, statesOf } from "./machine.ts";

/** One inbound message, kept until its effect is committed (design §4). */
export const deliveryMachine = defineMachine({
  name: "delivery",
  initial: "received",
  states: {
    received: { processed: "processed", ignored: "ignored", failed: "failed", postponed: "received" },
    processed: {},
    ignored: {},
    failed: { replayed: "received" },
  },
});

export type DeliveryStatus = StateOf<typeof deliveryMachine>;
export type DeliveryEventName = EventOf<typeof deliveryMachine>;
export const deliveryStatuses = statesOf(deliveryMachine);
