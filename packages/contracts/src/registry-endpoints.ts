import { z } from "zod";
import type { Endpoints } from "./endpoint.ts";
import { accessEndpoints } from "./registry/access.ts";
import { choreEndpoints } from "./registry/chores.ts";
import { deliveryEndpoints } from "./registry/deliveries.ts";
import { executionEndpoints } from "./registry/executions.ts";
import { skillEndpoints } from "./registry/skills.ts";
import { taskEndpoints } from "./registry/tasks.ts";
import { LiveEvent } from "./live-event.ts";
import { reads } from "./registry/answers.ts";

/** The registry's private HTTP API. Every answer that changed something says which jobs are owed now. */
export const registryEndpoints = {
  ...accessEndpoints,
  ...skillEndpoints,
  ...executionEndpoints,
  ...taskEndpoints,
  ...deliveryEndpoints,
  ...choreEndpoints,
  liveEvents: {
    method: "GET",
    path: "/internal/live-events",
    summary: "Live events after an id, in order and without gaps; waits up to `wait_ms` for the first",
    access: "service",
    query: z.strictObject({
      after: z.coerce.number().int().min(0).optional().meta({ description: "Absent: only what is new." }),
      wait_ms: z.coerce.number().int().min(0).max(30_000).default(0),
      limit: z.coerce.number().int().min(1).max(1_000).default(500),
    }),
    answers: { 200: z.object({ items: z.array(LiveEvent), last_id: z.number().int() }) },
    problems: reads,
  },
} as const satisfies Endpoints;
