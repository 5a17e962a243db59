import type { JsonObject } from "@infraskill/contracts/text";
import { pointer } from "@infraskill/workflow/schema/json";
import { checkInputsSchema, checkOutputsSchema } from "@infraskill/workflow/schema/check-schema";
import type { SchemaError } from "@infraskill/workflow/schema/schema-error";

// What is wrong with one field of the builder's forms, in the server's own words wherever it has some.

/** A new name for an input or an output, beside the others of its kind. */
export function nameFault(kind: "input" | "output", name: string, others: readonly string[]): string | undefined {
  if (others.includes(name)) return `Another ${kind} has this name.`;
  const properties = Object.fromEntries([...others, name].map((each) => [each, { type: "string" }]));
  const check = kind === "input" ? checkInputsSchema : checkOutputsSchema;
  return faultAt(check({ type: "object", properties }, "schema"), pointer("schema", "properties", name));
}

/** One keyword of an input's schema, after it was changed. */
export function keywordFault(field: JsonObject, keyword: string): string | undefined {
  const errors = checkInputsSchema({ type: "object", properties: { field } }, "schema");
  return faultAt(errors, pointer("schema", "properties", "field", keyword));
}

function faultAt(errors: readonly SchemaError[], place: string): string | undefined {
  return errors.find((error) => error.pointer === place || error.pointer.startsWith(`${place}/`))?.detail;
}
