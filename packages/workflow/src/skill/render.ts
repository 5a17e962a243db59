import { checkInputsSchema, checkOutputsSchema } from "../schema/check-schema.ts";
import type { SchemaError } from "../schema/schema-error.ts";
import type { SkillDefinition } from "./definition.ts";
import { generateSkillFile } from "./generate.ts";
import { toRunsOn } from "./written.ts";

/** Checks the schemas, runner and scripts of a definition and generates its file: what `POST /api/skills/render` answers. */
export function renderSkill(
  definition: SkillDefinition,
): { ok: true; yaml_content: string } | { ok: false; errors: SchemaError[] } {
  const errors = [...checkInputsSchema(definition.inputs_schema), ...checkOutputsSchema(definition.outputs_schema)];
  const labels = definition.runs_on === undefined ? undefined : toRunsOn(definition.runs_on);
  if (labels?.length === 0) errors.push({ pointer: "/runs_on", detail: "Must name a runner, or be left out." });
  else if (/\p{Cc}/u.test(definition.runs_on ?? ""))
    errors.push({ pointer: "/runs_on", detail: "Must be on one line: labels, separated by commas." });
  definition.commands.forEach((command, index) => {
    if ("run" in command && command.run.trim() === "") {
      errors.push({ pointer: `/commands/${index}/run`, detail: "Must not be empty." });
    }
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, yaml_content: generateSkillFile(definition) };
}
