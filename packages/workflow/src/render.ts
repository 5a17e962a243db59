import type { SkillDefinition } from "./definition.ts";
import { generateSkillFile } from "./generate.ts";
import { checkInputsSchema, checkOutputsSchema, type SchemaError } from "./schema.ts";

/** Checks the schemas of a definition and generates its file: what `POST /api/skills/render` answers. */
export function renderSkill(
  definition: SkillDefinition,
): { ok: true; yaml_content: string } | { ok: false; errors: SchemaError[] } {
  const errors = [...checkInputsSchema(definition.inputs_schema), ...checkOutputsSchema(definition.outputs_schema)];
  definition.commands.forEach((command, index) => {
    if ("run" in command && command.run.trim() === "") {
      errors.push({ pointer: `/commands/${index}/run`, detail: "Must not be empty." });
    }
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, yaml_content: generateSkillFile(definition) };
}
