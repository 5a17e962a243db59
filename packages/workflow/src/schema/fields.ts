import { isObject, own, type JsonObject } from "./json.ts";

/** GitHub allows 25 inputs per workflow; `execution_id` and `callback_url` are two of them. */
export const maxInputs = 23;

/** All inputs of a dispatch together, as compact JSON. https://docs.github.com/actions/reference/limits */
export const maxInputCharacters = 65_535;

export type FieldType = "string" | "number" | "integer" | "boolean";

/** The inputs that every skill file declares for infraskill itself. */
export const contractInputs = ["execution_id", "callback_url"] as const;

/** Names of inputs and outputs, as GitHub accepts them. */
export const fieldName = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;

/** The properties of a schema in their order; none when it has no `properties`. */
export function fieldsOf(schema: JsonObject): [name: string, field: JsonObject][] {
  const properties = own(schema, "properties");
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([name, field]) => [name, isObject(field) ? field : {}]);
}

/** The names in `required`. */
export function requiredOf(schema: JsonObject): ReadonlySet<string> {
  const required = own(schema, "required");
  return new Set(Array.isArray(required) ? required.filter((name) => typeof name === "string") : []);
}

/** A field's type; a list of options without a type has that of its options. `undefined`: none that is supported. */
export function fieldType(field: JsonObject): FieldType | undefined {
  const type = own(field, "type");
  if (type === "string" || type === "number" || type === "integer" || type === "boolean") return type;
  if (type !== undefined) return undefined;
  const options = own(field, "enum");
  if (!Array.isArray(options) || options.length === 0) return undefined;
  if (options.every((option) => typeof option === "string")) return "string";
  if (options.every((option) => typeof option === "number")) return "number";
  return undefined;
}
