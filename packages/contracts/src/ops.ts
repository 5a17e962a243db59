import { z } from "zod";
import { ChoreState, RateLimit } from "./chores.ts";
import { queueNames } from "./queues.ts";
import { Timestamp } from "./text.ts";

/** How the registry's rows stand. */
export const RegistryOps = z.object({
  last_webhook_at: Timestamp.nullable().meta({ description: "When GitHub was last heard of." }),
  deliveries: z
    .object({
      received: z.number().int().meta({ description: "Waiting to be read." }),
      failed: z.number().int().meta({ description: "Given up; they can be replayed." }),
    })
    .meta({ description: "Webhooks and callbacks that have no effect yet." }),
  github_rate_limit: RateLimit.extend({ seen_at: Timestamp.meta({ description: "When it was read." }) })
    .nullable()
    .meta({ description: "Null while nobody has read it, or where GitHub has none." }),
  chores: z.array(ChoreState).meta({ description: "What is done again and again." }),
});
export type RegistryOps = z.infer<typeof RegistryOps>;

export const Ops = RegistryOps.extend({
  queues: z
    .array(
      z.object({
        name: z.enum(queueNames).meta({ description: "The queue." }),
        waiting: z.number().int().meta({ description: "Jobs that no worker has taken." }),
        active: z.number().int().meta({ description: "Jobs a worker is at." }),
        delayed: z.number().int().meta({ description: "Jobs that will be tried again." }),
        failed: z.number().int().meta({ description: "Jobs BullMQ gave up; their rows still owe them." }),
      }),
    )
    .nullable()
    .meta({ description: "Null while Redis is away." }),
  actionlint_version: z.string().nullable().meta({ description: "Null while the validator is away." }),
}).meta({ id: "Ops", description: "How the whole of infraskill is doing." });
export type Ops = z.infer<typeof Ops>;
