import { z } from "zod";
import { ExecutionId } from "./execution.ts";
import { TaskId } from "./task.ts";
import { RowNumber } from "./text.ts";

/** How routes name one thing. */
export const SkillRef = z
  .string()
  .regex(/^(?:[1-9][0-9]{0,8}|[a-z][a-z0-9-]{0,62})$/, "must be a skill's number or name")
  .meta({ description: "A skill's number or name." });
export const BySkill = z.strictObject({ id: SkillRef });
export const ByExecution = z.strictObject({ execution_id: ExecutionId });
export const ByTask = z.strictObject({ id: TaskId });
export const ByRow = z.strictObject({ id: RowNumber.meta({ description: "Its number." }) });
