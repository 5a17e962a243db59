import { z } from "zod";
import { ExecutionId, Failure, HistoryEntry } from "./execution.ts";
import { FieldError } from "./problem.ts";
import { SkillName } from "./skill.ts";
import { stepStatuses, taskStatuses } from "./task-machine.ts";
import { GitSha, JsonObject, text, Timestamp } from "./text.ts";

export const TaskId = z.uuid().meta({ id: "TaskId" });
export type TaskId = z.infer<typeof TaskId>;

export const TaskStatusField = z.enum(taskStatuses);

/** Steps of a task at most; as many again may run at its end whatever happened. */
export const maxSteps = 50;

const inputsPerStep = z.array(JsonObject).max(maxSteps).optional();

export const TaskRequest = z
  .strictObject({
    description: text({ max: 1_000 }).default(""),
    user_request: text({ max: 10_000 }).default(""),
    inputs: JsonObject.default({}),
    skills_sequence: z.array(SkillName).min(1).max(maxSteps),
    step_inputs: inputsPerStep.meta({
      description:
        "The inputs of each step: literals, or texts with ${{ task.inputs.x }} and ${{ steps.<n>.outputs.y }}, where n counts earlier steps from 0.",
    }),
    finally: z
      .array(SkillName)
      .max(maxSteps)
      .optional()
      .meta({ description: "Skills that run at the end whatever happened." }),
    finally_inputs: inputsPerStep.meta({ description: "The inputs of each skill of `finally`." }),
  })
  .meta({ id: "TaskRequest" });
export type TaskRequest = z.infer<typeof TaskRequest>;

export const TaskStep = z
  .object({
    index: z.number().int().min(0),
    skill_name: SkillName,
    revision: z.number().int().meta({ description: "Pinned when the task was made." }),
    finally: z.boolean().meta({ description: "Runs at the end whatever happened." }),
    status: z.enum(stepStatuses),
    inputs: JsonObject.meta({ description: "As given; evaluated once the step has started." }),
    execution_id: ExecutionId.nullable().meta({ description: "The step's latest execution." }),
    outputs: JsonObject.nullable(),
  })
  .meta({ id: "TaskStep" });
export type TaskStep = z.infer<typeof TaskStep>;

export const Task = z
  .object({
    id: TaskId,
    description: z.string(),
    user_request: z.string(),
    skills_sequence: z.array(SkillName),
    current_skill_index: z.number().int(),
    status: TaskStatusField,
    cancel_requested: z.boolean(),
    inputs: JsonObject,
    steps: z.array(TaskStep),
    failure: Failure.nullable(),
    requested_by: z.string(),
    created_at: Timestamp,
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: "Task", description: "An ordered list of skills carried out one after another." });
export type Task = z.infer<typeof Task>;

export const TaskDetail = Task.extend({ events: z.array(HistoryEntry) }).meta({ id: "TaskDetail" });
export type TaskDetail = z.infer<typeof TaskDetail>;

export const ResumeRequest = z
  .strictObject({
    plan_version: z
      .number()
      .int()
      .min(0)
      .optional()
      .meta({ description: "Of the preview that was looked at; refused when the task has changed since." }),
  })
  .meta({ id: "ResumeRequest" });
export type ResumeRequest = z.infer<typeof ResumeRequest>;

export const TaskPlan = z
  .object({
    task_id: TaskId,
    plan_version: z.number().int(),
    steps: z.array(
      z.object({
        index: z.number().int(),
        skill_name: SkillName,
        finally: z.boolean(),
        revision: z.number().int(),
        commit_hash: GitSha,
        newer_revision: z
          .number()
          .int()
          .nullable()
          .meta({ description: "The skill's active revision, where it is no longer the pinned one." }),
        inputs: JsonObject,
        evaluated: z.boolean().meta({ description: "False where an input depends on a step that runs before." }),
      }),
    ),
    errors: z.array(FieldError).meta({ description: "What keeps the first step from running; empty when it can." }),
  })
  .meta({ id: "TaskPlan", description: "What resuming a failed task would run, in order." });
export type TaskPlan = z.infer<typeof TaskPlan>;
