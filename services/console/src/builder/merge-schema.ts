import type { JsonObject } from "@infraskill/contracts/text";
import { toDispatchInputs } from "@infraskill/workflow/schema/dispatch-inputs";
import { fieldsOf, requiredOf } from "@infraskill/workflow/schema/fields";

/** What a workflow file says about an input; the rest of a field stays as the form had it. */
const declaredKeywords = ["type", "description", "default", "enum", "x-github-type"];

/** The inputs as declared in the file, with the patterns, limits and labels that the schema had for those of the same name and type. */
export function mergeInputs(schema: JsonObject, declared: JsonObject): JsonObject {
  const before = new Map(fieldsOf(schema));
  const wasRequired = requiredOf(schema);
  const isRequired = requiredOf(declared);
  const properties = fieldsOf(declared).map(([name, field]) => {
    const old = before.get(name);
    if (old === undefined) return [name, field] as const;
    const unchanged = saysTheSame(name, old, wasRequired.has(name), field, isRequired.has(name));
    return [name, unchanged ? old : mergeField(old, field)] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties), required: [...isRequired] };
}

/** Outputs have names only in the file; their types stay, new ones are text. */
export function mergeOutputs(schema: JsonObject, names: readonly string[]): JsonObject {
  const before = new Map(fieldsOf(schema));
  const required = requiredOf(schema);
  return {
    ...schema,
    properties: Object.fromEntries(names.map((name) => [name, before.get(name) ?? { type: "string" }])),
    ...(required.size === 0 ? {} : { required: [...required].filter((name) => names.includes(name)) }),
  };
}

function saysTheSame(
  name: string,
  old: JsonObject,
  wasRequired: boolean,
  field: JsonObject,
  isRequired: boolean,
): boolean {
  return declaration(name, old, wasRequired) === declaration(name, field, isRequired);
}

function declaration(name: string, field: JsonObject, required: boolean): string {
  const [declared] = toDispatchInputs({ properties: { [name]: field }, required: required ? [name] : [] });
  return JSON.stringify(declared);
}

function mergeField(old: JsonObject, field: JsonObject): JsonObject {
  const sameType = old["type"] === field["type"] || (old["type"] === "integer" && field["type"] === "number");
  if (!sameType) return field;
  const kept = Object.entries(old).filter(([keyword]) => !declaredKeywords.includes(keyword));
  return { ...field, type: old["type"], ...Object.fromEntries(kept) };
}
