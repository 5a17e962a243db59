import { Concurrency, JsonSchemaObject, type Skill, SkillName } from "@infraskill/contracts/skill";
import type { JsonObject } from "@infraskill/contracts/text";
import { z } from "zod";

/** A skill while it is being written, kept in this browser. The YAML text is what counts; the schemas add what a workflow file cannot say. */
export const Draft = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  inputs_schema: JsonSchemaObject,
  outputs_schema: JsonSchemaObject,
  /** How many executions may run at once; null: no limit. Absent: as the skill has it. */
  concurrency: Concurrency.nullish(),
  yaml_content: z.string(),
  /** The revision it was begun from, for a revise. */
  base: z.object({ revision: z.number(), yaml_content: z.string() }).nullable(),
  /** Sent as the idempotency key, so that a second try creates nothing twice. */
  key: z.string(),
  saved_at: z.string(),
});
export type Draft = z.infer<typeof Draft>;

export type DraftContent = Omit<Draft, "id" | "key" | "saved_at">;

export const emptySchema: JsonObject = { type: "object", properties: {}, required: [], additionalProperties: false };

/** The skill's newest text as a draft to revise it. */
export function draftOfSkill(skill: Skill): DraftContent {
  const { description, category, inputs_schema, outputs_schema, concurrency, yaml_content, revision } =
    skill.pending_revision ?? skill;
  const content = { name: skill.name, description, category, inputs_schema, outputs_schema, concurrency };
  return { ...content, yaml_content, base: { revision, yaml_content } };
}

/** Whether the skill got another revision since the draft was begun. */
export function hasMovedOn(draft: Draft, newest: DraftContent): boolean {
  return draft.base?.revision !== newest.base?.revision;
}

export function isSkillName(name: string): name is SkillName {
  return SkillName.safeParse(name).success;
}
