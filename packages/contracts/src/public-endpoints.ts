import type { Endpoints } from "./endpoint.ts";
import { publicAccessEndpoints } from "./public/access.ts";
import { publicEventEndpoints } from "./public/events.ts";
import { publicExecutionEndpoints } from "./public/executions.ts";
import { publicOpsEndpoints } from "./public/ops.ts";
import { publicSkillEndpoints } from "./public/skills.ts";
import { publicTaskEndpoints } from "./public/tasks.ts";

/** Every public JSON route (api.md). The gateway registers its routes, and their access, from this table. */
export const publicEndpoints = {
  ...publicSkillEndpoints,
  ...publicExecutionEndpoints,
  ...publicTaskEndpoints,
  ...publicAccessEndpoints,
  ...publicEventEndpoints,
  ...publicOpsEndpoints,
} as const satisfies Endpoints;
