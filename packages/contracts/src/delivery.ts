import { z } from "zod";
import { deliveryStatuses } from "./delivery-machine.ts";
import { ExecutionId } from "./execution.ts";
import { Timestamp } from "./text.ts";

export const deliveryKinds = ["webhook", "callback"] as const;

export const Delivery = z
  .object({
    id: z.number().int().meta({ description: "Its number." }),
    kind: z.enum(deliveryKinds).meta({ description: "From GitHub, or from a run." }),
    guid: z.string().meta({ description: "GitHub's own id of a webhook; the same when it is delivered again." }),
    event: z.string().meta({ description: "What GitHub calls it, such as `push`." }),
    execution_id: ExecutionId.nullable().meta({ description: "Of a callback." }),
    status: z.enum(deliveryStatuses).meta({ description: "`received` waits to be read; `failed` was given up." }),
    reason: z.string().nullable().meta({ description: "Why it was ignored, or what failed." }),
    attempts: z.number().int().meta({ description: "How often reading it failed." }),
    received_at: Timestamp.meta({ description: "When it came." }),
    processed_at: Timestamp.nullable().meta({ description: "When its effect was committed." }),
  })
  .meta({ id: "Delivery", description: "An inbound message, kept until its effect is committed." });
export type Delivery = z.infer<typeof Delivery>;
