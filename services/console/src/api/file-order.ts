import { fieldsOf } from "@infraskill/workflow/schema/fields";
import type { JsonObject } from "@infraskill/contracts/text";

type Written = {
  readonly inputs_schema: JsonObject;
  readonly outputs_schema: JsonObject;
  readonly yaml_content: string;
};

/** Postgres keeps the keys of JSON in an order of its own; that of the author stands in the skill file. */
export function inFileOrder<T extends Written>(skill: T): T {
  const lines = skill.yaml_content.split("\n").map((line) => line.trimStart());
  return {
    ...skill,
    inputs_schema: sorted(skill.inputs_schema, lines, "inputs:"),
    outputs_schema: sorted(skill.outputs_schema, lines, "outputs:"),
  };
}

/** Values in the order of the schema's fields; those it does not know come last. */
export function inSchemaOrder(values: JsonObject, schema: JsonObject | undefined): JsonObject {
  const known = fieldsOf(schema ?? {}).filter(([name]) => Object.hasOwn(values, name));
  return { ...Object.fromEntries(known.map(([name]) => [name, values[name]])), ...values };
}

function sorted(schema: JsonObject, lines: readonly string[], section: string): JsonObject {
  const begin = Math.max(0, lines.indexOf(section));
  const place = (name: string): number => {
    const line = lines.findIndex((text, index) => index > begin && text.startsWith(`${name}:`));
    return line < 0 ? lines.length : line;
  };
  const fields = fieldsOf(schema).map(([name, field]) => ({ name, field, at: place(name) }));
  if (fields.length < 2) return schema;
  const properties = Object.fromEntries(fields.toSorted((a, b) => a.at - b.at).map(({ name, field }) => [name, field]));
  return { ...schema, properties };
}
