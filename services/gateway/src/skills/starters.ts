import { generateSkillFile } from "@infraskill/workflow/generate";
import { templates } from "@infraskill/workflow/templates";

/** The starter skills with the files made from them; made once. */
export function listStarters() {
  starters ??= templates.map(({ name, title, description, category, inputs_schema, outputs_schema, ...rest }) => ({
    name,
    title,
    description,
    category,
    inputs_schema,
    outputs_schema,
    yaml_content: generateSkillFile({ name, description, inputs_schema, outputs_schema, ...rest }),
  }));
  return starters;
}

let starters: Starter[] | undefined;
type Starter = Omit<(typeof templates)[number], "commands" | "timeout_minutes"> & { yaml_content: string };
