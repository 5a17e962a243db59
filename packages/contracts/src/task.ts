import { z } from "zod";
import { ExecutionId, Failure, HistoryEntry } from "./execution.ts";
import { FieldError } from "./problem.ts";
import { SkillName } from "./skill.ts";
import { stepStatuses, taskStatuses } from "./task-machine.ts";
import { GitSha, JsonObject, text, Timestamp } from "./text.ts";

export const TaskId = z.uuid().meta({ id: "TaskId", description: "Names a task." });
export type TaskId = z.infer<typeof TaskId>;

export const TaskStatusField = z.enum(taskStatuses);

/** Steps of a task at most; as many again may run at its end whatever happened. */
export const maxSteps = 50;

const inputsPerStep = z.array(JsonObject).max(maxSteps).optional();

export const TaskRequest = z
  .strictObject({
    description: text({ max: 1_000 }).default("").meta({ description: "What it is for." }),
    user_request: text({ max: 10_000 }).default("").meta({ description: "What a person asked for, in their words." }),
    inputs: JsonObject.default({}).meta({ description: "What steps read as `${{ task.inputs.x }}`." }),
    skills_sequence: z
      .array(SkillName)
      .min(1)
      .max(maxSteps)
      .meta({ description: "The skills, in the order in which they run." }),
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
  .meta({ id: "TaskRequest", description: "Active skills to be carried out one after another." });
export type TaskRequest = z.infer<typeof TaskRequest>;

export const TaskStep = z
  .object({
    index: z.number().int().min(0).meta({ description: "Counts from 0." }),
    skill_name: SkillName,
    revision: z.number().int().meta({ description: "Pinned when the task was made." }),
    finally: z.boolean().meta({ description: "Runs at the end whatever happened." }),
    status: z.enum(stepStatuses).meta({ description: "Where it stands." }),
    given: JsonObject.meta({ description: "Its inputs as the caller wrote them, expressions included." }),
    inputs: JsonObject.meta({ description: "As given; evaluated once the step has started." }),
    execution_id: ExecutionId.nullable().meta({ description: "The step's latest execution." }),
    outputs: JsonObject.nullable().meta({ description: "What its execution reported." }),
    failure: z
      .string()
      .nullable()
      .default(null)
      .meta({ description: "Why it could not start; null when it could: its execution tells the rest." }),
  })
  .meta({ id: "TaskStep", description: "One skill of a task." });
export type TaskStep = z.infer<typeof TaskStep>;

export const Task = z
  .object({
    id: TaskId,
    description: z.string().meta({ description: "What it is for." }),
    user_request: z.string().meta({ description: "What a person asked for, in their words." }),
    skills_sequence: z.array(SkillName).meta({ description: "The skills, in their order." }),
    current_skill_index: z.number().int().meta({ description: "The step that runs, or ran last." }),
    status: TaskStatusField.meta({ description: "Where it stands." }),
    cancel_requested: z.boolean().meta({ description: "A cancel is on the way." }),
    inputs: JsonObject.meta({ description: "What steps read as `${{ task.inputs.x }}`." }),
    steps: z.array(TaskStep).meta({ description: "In their order; those of `finally` at the end." }),
    failure: Failure.nullable().meta({ description: "Null unless it failed." }),
    requested_by: z.string().meta({ description: "Who asked for it." }),
    resumed_by: z
      .string()
      .nullable()
      .default(null)
      .meta({ description: "Who resumed it last; its steps run on their behalf since." }),
    created_at: Timestamp,
    completed_at: Timestamp.nullable().meta({ description: "When it ended." }),
  })
  .meta({ id: "Task", description: "An ordered list of skills carried out one after another." });
export type Task = z.infer<typeof Task>;

export const TaskDetail = Task.extend({
  events: z.array(HistoryEntry).meta({ description: "Its history, oldest first." }),
}).meta({
  id: "TaskDetail",
  description: "A task with its history.",
});
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
  .meta({ id: "ResumeRequest", description: "Which plan to resume; may be left out." });
export type ResumeRequest = z.infer<typeof ResumeRequest>;

export const TaskPlan = z
  .object({
    task_id: TaskId,
    plan_version: z.number().int().meta({ description: "Give it back to resume exactly this plan." }),
    steps: z
      .array(
        z.object({
          index: z.number().int().meta({ description: "Counts from 0." }),
          skill_name: SkillName,
          finally: z.boolean().meta({ description: "Runs at the end whatever happened." }),
          revision: z.number().int().meta({ description: "The pinned one." }),
          commit_hash: GitSha.meta({ description: "The commit that would run." }),
          newer_revision: z
            .number()
            .int()
            .nullable()
            .meta({ description: "The skill's active revision, where it is no longer the pinned one." }),
          inputs: JsonObject,
          evaluated: z.boolean().meta({ description: "False where an input depends on a step that runs before." }),
        }),
      )
      .meta({ description: "What would run, in order." }),
    errors: z.array(FieldError).meta({ description: "What keeps the first step from running; empty when it can." }),
  })
  .meta({ id: "TaskPlan", description: "What resuming a failed task would run, in order." });
export type TaskPlan = z.infer<typeof TaskPlan>;
