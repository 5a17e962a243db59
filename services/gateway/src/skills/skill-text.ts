import type { FieldError } from "@infraskill/contracts/problem";
import type { SkillText } from "@infraskill/contracts/registry-endpoints";
import type { SkillDraft } from "@infraskill/contracts/skill";
import { renderSkill } from "@infraskill/workflow/render";
import { checkInputsSchema, checkOutputsSchema } from "@infraskill/workflow/schema";

export type MadeText = { ok: true; skill: SkillText } | { ok: false; errors: FieldError[] };

/** The whole text of a draft, made from its commands where it has those; or where its schemas cannot be used. */
export function makeSkillText(draft: SkillDraft): MadeText {
  const { name, description, category, inputs_schema, outputs_schema } = draft;
  const metadata = { name, description, category, inputs_schema, outputs_schema };
  if (draft.commands !== undefined) {
    const { commands, runs_on, timeout_minutes } = draft;
    const rendered = renderSkill({ ...metadata, commands, runs_on, timeout_minutes });
    return rendered.ok ? { ok: true, skill: { ...metadata, yaml_content: rendered.yaml_content } } : rendered;
  }
  const errors = [...checkInputsSchema(inputs_schema), ...checkOutputsSchema(outputs_schema)];
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, skill: { ...metadata, yaml_content: draft.yaml_content ?? "" } };
}
