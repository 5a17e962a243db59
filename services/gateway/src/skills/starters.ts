import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { templates } from "@infraskill/workflow/templates";

/** The starter skills with the files made from them for the mode. */
export function listStarters(callback_mode: CallbackMode) {
  return templates.map(({ name, title, description, category, inputs_schema, outputs_schema, ...rest }) => ({
    name,
    title,
    description,
    category,
    inputs_schema,
    outputs_schema,
    yaml_content: generateSkillFile({ name, description, inputs_schema, outputs_schema, callback_mode, ...rest }),
  }));
}
