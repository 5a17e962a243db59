import type { SkillFile } from "../file/read.ts";
import { dispatchType } from "../schema/dispatch-inputs.ts";
import { fieldsOf, fieldType, requiredOf } from "../schema/fields.ts";
import type { JsonObject } from "../schema/json.ts";
import { codeSpan, table } from "./markdown.ts";

/** What a caller fills in, in the order of the file: a stored schema has lost its own. */
export function describeInputs(schema: JsonObject, file: SkillFile): string {
  const required = requiredOf(schema);
  const rows = inFileOrder(fieldsOf(schema), file).map(([name, field]) => [
    codeSpan(name),
    inputType(field),
    codeSpan(describeValues(field)),
    required.has(name) ? "yes" : "no",
    field["default"] === undefined ? "" : codeSpan(JSON.stringify(field["default"])),
    describeField(field),
  ]);
  return rows.length === 0 ? "None." : table(["name", "type", "values", "required", "default", "description"], rows);
}

/** As GitHub has it, but for whole numbers, which GitHub does not tell from others. */
export function inputType(field: JsonObject): string {
  const type = dispatchType(field);
  return type === "number" && fieldType(field) === "integer" ? "integer" : type;
}

export function describeOutputs(schema: JsonObject): string {
  const rows = fieldsOf(schema).map(([name, field]) => [codeSpan(name), fieldType(field) ?? "", describeField(field)]);
  return rows.length === 0 ? "None." : table(["name", "type", "description"], rows);
}

function inFileOrder(fields: readonly [string, JsonObject][], { inputs }: SkillFile): [string, JsonObject][] {
  const places = new Map(inputs.map(({ name }, index) => [name.value, index]));
  const placeOf = (name: string) => places.get(name) ?? places.size;
  return [...fields].sort(([a], [b]) => placeOf(a) - placeOf(b));
}

function describeValues(field: JsonObject): string {
  const options = field["enum"];
  return [
    Array.isArray(options) ? `one of ${options.map(String).join(", ")}` : "",
    ...limits.map(([keyword, words]) =>
      field[keyword] === undefined ? "" : `${words} ${JSON.stringify(field[keyword])}`,
    ),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

const limits = [
  ["pattern", "matches"],
  ["minLength", "length from"],
  ["maxLength", "length to"],
  ["minimum", "from"],
  ["maximum", "to"],
  ["exclusiveMinimum", "above"],
  ["exclusiveMaximum", "below"],
  ["multipleOf", "a multiple of"],
  ["const", "only"],
  ["format", "of the format"],
] as const;

function describeField(field: JsonObject): string {
  const words = field["description"] ?? field["title"];
  return typeof words === "string" ? codeSpan(words) : "";
}
