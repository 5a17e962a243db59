import { z } from "zod";
import { deliveryKinds } from "./delivery.ts";
import { deliveryStatuses } from "./delivery-machine.ts";
import { ExecutionStatusField } from "./execution.ts";
import { PageQuery } from "./page.ts";
import { SkillName, SkillStatus } from "./skill.ts";
import { TaskStatusField } from "./task.ts";
import { text, Timestamp } from "./text.ts";

export const SkillQuery = PageQuery.extend({
  status: SkillStatus.optional().meta({
    description: "Only skills that stand there; `pending_approval` also finds active ones whose newer revision does.",
  }),
  pending: z.enum(["true", "false"]).optional().meta({
    description:
      "Only skills whose newest revision is on its way to active or got stuck before it (`invalid`, `rejected`, `failed`), also of active skills.",
  }),
  category: text({ max: 60 }).optional().meta({ description: "Only this category." }),
  q: text({ max: 200 }).optional().meta({ description: "Searches name, description, category and inputs; ranked." }),
});
export type SkillQuery = z.infer<typeof SkillQuery>;

export const ExecutionQuery = PageQuery.extend({
  skill: SkillName.optional().meta({ description: "Only of this skill." }),
  status: ExecutionStatusField.optional().meta({ description: "Only those that stand there." }),
  task_id: text({ max: 64 }).optional().meta({ description: "Only steps of this task." }),
  requested_by: text({ min: 1, max: 200 }).optional().meta({ description: "Only those this one asked for." }),
  since: Timestamp.optional().meta({ description: "Accepted at this time or later." }),
  until: Timestamp.optional().meta({ description: "Accepted before this time." }),
  input: text({ max: 2_000 })
    .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,99}=/, "must be an input's name, = and its value")
    .optional()
    .meta({ description: "With this input, as `cluster=prod`." }),
  q: text({ max: 200 }).optional().meta({ description: "Searches skill, inputs and who asked, by whole words." }),
});
export type ExecutionQuery = z.infer<typeof ExecutionQuery>;

export const TaskQuery = PageQuery.extend({
  skill: SkillName.optional().meta({ description: "Only those with a step of this skill." }),
  status: TaskStatusField.optional().meta({ description: "Only those that stand there." }),
  requested_by: text({ min: 1, max: 200 }).optional().meta({ description: "Only those this one asked for." }),
  since: Timestamp.optional().meta({ description: "Accepted at this time or later." }),
  until: Timestamp.optional().meta({ description: "Accepted before this time." }),
  q: text({ max: 200 })
    .optional()
    .meta({ description: "Searches description, request, skills, inputs and who asked, by whole words." }),
});
export type TaskQuery = z.infer<typeof TaskQuery>;

export const DeliveryQuery = PageQuery.extend({
  status: z.enum(deliveryStatuses).optional().meta({ description: "Only those that stand there." }),
  kind: z.enum(deliveryKinds).optional().meta({ description: "Only those of GitHub, or of runs." }),
});
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;

export const LogQuery = z.strictObject({
  job: z.coerce.number().int().min(1).optional().meta({ description: "Only this GitHub job." }),
  after: z.coerce.number().int().min(0).default(0).meta({ description: "Only lines after this one, per job." }),
});
export type LogQuery = z.infer<typeof LogQuery>;

export const LogStreamQuery = z.strictObject({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .meta({ description: "Only lines after this number, over all jobs." }),
});

export const LogTextQuery = z.strictObject({
  after: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1),
});
