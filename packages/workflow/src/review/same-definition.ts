import type { Concurrency } from "../evaluate/concurrency-group.ts";
import { requiredOf } from "../schema/fields.ts";
import { isObject, type JsonObject } from "../schema/json.ts";

/** All that a review of a revision is about. Absent: not known, so nothing that differs. */
export type Definition = {
  readonly description?: string | undefined;
  readonly category?: string | undefined;
  readonly concurrency?: Concurrency | null | undefined;
  readonly inputs_schema: JsonObject;
  readonly outputs_schema: JsonObject;
  readonly yaml_content: string;
};

/** Whether two revisions say the same, file and everything that the file does not carry. The order of keys says nothing, nor that of `required`. */
export function isSameDefinition(a: Definition, b: Definition): boolean {
  return (
    a.yaml_content === b.yaml_content &&
    isSameIfKnown(a.description, b.description) &&
    isSameIfKnown(a.category, b.category) &&
    isSameIfKnown(a.concurrency, b.concurrency) &&
    isSameJson(normal(a.inputs_schema), normal(b.inputs_schema)) &&
    isSameJson(normal(a.outputs_schema), normal(b.outputs_schema))
  );
}

export function isSameIfKnown(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined || isSameJson(a, b);
}

/** A key that is undefined counts as absent. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, index) => isSameJson(value, b[index]));
  if (!isObject(a) || !isObject(b)) return a === b;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSameJson(a[key], b[key]));
}

function normal(schema: JsonObject): JsonObject {
  return { ...schema, required: [...requiredOf(schema)].sort() };
}
