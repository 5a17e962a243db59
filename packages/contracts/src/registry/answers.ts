import { z } from "zod";
import { Job } from "../queues.ts";
import { text } from "../text.ts";

export const Jobs = z.array(Job).meta({ description: "What is owed now; whoever called publishes it." });
export const Idempotency = text({ min: 1, max: 200 }).optional();
/** What is made gets this id, so that whoever had no answer may ask again: the second time makes nothing new. Drawn here where it is absent. */
export const DrawnId = z.uuid().optional();

/** `applied: false` is a normal outcome: the row has moved on. */
export const Applied = z.object({
  applied: z.boolean(),
  reason: z.string().optional(),
  version: z.number().int(),
  status: z.string(),
  jobs: Jobs,
});
export type Applied = z.infer<typeof Applied>;

export const reads = ["not_found", "malformed", "unavailable", "unauthenticated"] as const;
export const writes = [...reads, "refused"] as const;
