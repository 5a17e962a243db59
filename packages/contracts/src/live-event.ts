import { z } from "zod";

export const LiveEventKind = z.enum(["skill", "execution", "task"]);
export type LiveEventKind = z.infer<typeof LiveEventKind>;

/** One change, as live events tell it: the SSE `id` is `id`, the SSE `event` is `kind`, the SSE `data` is `LiveEventData`. */
export const LiveEvent = z
  .object({
    id: z.number().int().meta({ description: "Grows; give it as Last-Event-ID to go on after it." }),
    kind: LiveEventKind.meta({ description: "What changed; the name of the event." }),
    object_id: z.string().meta({ description: "The skill's name, the execution's or the task's id." }),
    status: z.string().meta({ description: "The object's status now." }),
    version: z.number().int().meta({ description: "Grows with every change of the object." }),
  })
  .meta({ id: "LiveEvent", description: "One change of a skill, an execution or a task." });
export type LiveEvent = z.infer<typeof LiveEvent>;

/** The SSE `data` of a live event: the changed object's id, status and version. */
export const LiveEventData = z
  .object({ id: LiveEvent.shape.object_id, status: z.string(), version: z.number().int() })
  .meta({ id: "LiveEventData" });
export type LiveEventData = z.infer<typeof LiveEventData>;
