import type { JsonObject } from "@infraskill/contracts/text";
import { dispatchType } from "@infraskill/workflow/schema/dispatch-inputs";
import { fieldsOf, requiredOf } from "@infraskill/workflow/schema/fields";

export type FieldType = "text" | "number" | "integer" | "boolean" | "choice" | "environment";
export const fieldTypes: readonly { id: FieldType; label: string }[] = [
  { id: "text", label: "Text" },
  { id: "number", label: "Number" },
  { id: "integer", label: "Whole number" },
  { id: "boolean", label: "Yes or no" },
  { id: "choice", label: "Choice" },
  { id: "environment", label: "GitHub environment" },
];

export function typeOf(field: JsonObject): FieldType {
  const type = dispatchType(field);
  if (type === "string") return "text";
  return type === "number" && field["type"] === "integer" ? "integer" : type;
}

/** The field as another type: label and help stay, what no longer fits goes. */
export function withType(field: JsonObject, type: FieldType): JsonObject {
  const words = pick(field, ["title", "description"]);
  switch (type) {
    case "text":
      return { type: "string", ...words };
    case "number":
    case "integer":
    case "boolean":
      return { type, ...words };
    case "choice":
      return { type: "string", ...words, enum: Array.isArray(field["enum"]) ? field["enum"] : ["first", "second"] };
    case "environment":
      return { type: "string", ...words, "x-github-type": "environment" };
  }
}

/** Sets one keyword; an empty value takes it away. */
export function withKeyword(field: JsonObject, keyword: string, value: unknown): JsonObject {
  const { [keyword]: _, ...rest } = field;
  return value === undefined || value === "" ? rest : { ...rest, [keyword]: value };
}

/** The schema with other fields in this order; `required` keeps only names that are there. */
function withFields(
  schema: JsonObject,
  fields: readonly (readonly [string, JsonObject])[],
  required: Iterable<string>,
): JsonObject {
  const isRequired = new Set(required);
  return {
    ...schema,
    properties: Object.fromEntries(fields),
    required: fields.flatMap(([name]) => (isRequired.has(name) ? [name] : [])),
  };
}

export function renamed(schema: JsonObject, from: string, to: string): JsonObject {
  const required = [...requiredOf(schema)].map((name) => (name === from ? to : name));
  return withFields(
    schema,
    fieldsOf(schema).map(([name, field]) => [name === from ? to : name, field] as const),
    required,
  );
}

export function movedTo(schema: JsonObject, from: number, to: number): JsonObject {
  const fields = fieldsOf(schema);
  const field = fields[from];
  if (field === undefined || fields[to] === undefined) return schema;
  return withFields(schema, fields.toSpliced(from, 1).toSpliced(to, 0, field), requiredOf(schema));
}

/** Sets a field where it stands, or adds it at the end. */
export function withField(schema: JsonObject, name: string, field: JsonObject, required: boolean): JsonObject {
  const fields = fieldsOf(schema);
  const isNew = !fields.some(([other]) => other === name);
  const others = [...requiredOf(schema)].filter((other) => other !== name);
  return withFields(
    schema,
    isNew ? [...fields, [name, field]] : fields.map(([other, old]) => [other, other === name ? field : old] as const),
    required ? [...others, name] : others,
  );
}

export function without(schema: JsonObject, name: string): JsonObject {
  return withFields(
    schema,
    fieldsOf(schema).filter(([other]) => other !== name),
    requiredOf(schema),
  );
}

/** `input`, `input-2`, … whichever is free. */
export function freeName(schema: JsonObject, base: string): string {
  const taken = new Set(fieldsOf(schema).map(([name]) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

function pick(field: JsonObject, keywords: readonly string[]): JsonObject {
  return Object.fromEntries(
    keywords.flatMap((keyword) => (field[keyword] === undefined ? [] : [[keyword, field[keyword]]])),
  );
}
