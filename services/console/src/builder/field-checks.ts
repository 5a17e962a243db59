import type { JsonObject } from "@infraskill/contracts/text";
import { pointer } from "@infraskill/workflow/json";
import { matchesPattern } from "@infraskill/workflow/pattern";
import { checkInputsSchema, checkOutputsSchema, type SchemaError } from "@infraskill/workflow/schema";

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
  const { minimum, maximum } = field;
  const errors = checkInputsSchema({ type: "object", properties: { field } }, "schema");
  const fault = faultAt(errors, pointer("schema", "properties", "field", keyword));
  if (fault !== undefined) return fault;
  if (keyword === "minimum" || keyword === "maximum") {
    return isAbove(minimum, maximum) ? "The lowest number is above the highest." : undefined;
  }
  return keyword === "default" ? defaultFault(field) : undefined;
}

/** A default that a run would refuse is worse than none. */
function defaultFault(field: JsonObject): string | undefined {
  const { default: fallback, minimum, maximum, pattern } = field;
  if (isAbove(minimum, fallback)) return `Must be ${String(minimum)} or more.`;
  if (isAbove(fallback, maximum)) return `Must be ${String(maximum)} or less.`;
  if (typeof fallback !== "string" || typeof pattern !== "string") return undefined;
  return keywordFault({ ...field, default: undefined }, "pattern") !== undefined || matchesPattern(pattern, fallback)
    ? undefined
    : "Must match the pattern.";
}

function isAbove(a: unknown, b: unknown): boolean {
  return typeof a === "number" && typeof b === "number" && a > b;
}

function faultAt(errors: readonly SchemaError[], place: string): string | undefined {
  return errors.find((error) => error.pointer === place || error.pointer.startsWith(`${place}/`))?.detail;
}
