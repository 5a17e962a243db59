import { z } from "zod";
import { ExecutionId, Failure } from "./execution.ts";
import { SkillName } from "./skill.ts";
import { stepStatuses, taskStatuses } from "./task-machine.ts";
import { JsonObject, Timestamp } from "./text.ts";

export const TaskStep = z
  .object({
    index: z.number().int().min(0),
    skill_name: SkillName,
    status: z.enum(stepStatuses),
    inputs: JsonObject,
    execution_id: ExecutionId.nullable(),
    outputs: JsonObject.nullable(),
  })
  .meta({ id: "TaskStep" });
export type TaskStep = z.infer<typeof TaskStep>;

export const Task = z
  .object({
    id: z.string(),
    description: z.string(),
    user_request: z.string(),
    skills_sequence: z.array(SkillName),
    current_skill_index: z.number().int(),
    status: z.enum(taskStatuses),
    inputs: JsonObject,
    steps: z.array(TaskStep),
    failure: Failure.nullable(),
    requested_by: z.string(),
    created_at: Timestamp,
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: "Task", description: "An ordered list of skills carried out one after another." });
export type Task = z.infer<typeof Task>;
