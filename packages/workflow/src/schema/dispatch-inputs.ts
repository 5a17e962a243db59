import { contractInputs, fieldsOf, fieldType, requiredOf } from "./fields.ts";
import { objectOf, own, type JsonObject } from "./json.ts";

/** One input of `on.workflow_dispatch.inputs`. */
export type DispatchInput = {
  description?: string;
  required?: boolean;
  type: "string" | "number" | "boolean" | "choice" | "environment";
  default?: string | number | boolean;
  options?: string[];
};

/** `inputs_schema` as GitHub's own input declarations, in the same order, without the two contract inputs. */
export function toDispatchInputs(inputsSchema: JsonObject): [name: string, input: DispatchInput][] {
  const required = requiredOf(inputsSchema);
  return fieldsOf(inputsSchema).map(([name, field]) => [name, toDispatchInput(field, required.has(name))]);
}

/** The type GitHub gives a field: a list of options is a choice, `integer` a number. */
export function dispatchType(field: JsonObject): DispatchInput["type"] {
  if (own(field, "x-github-type") === "environment") return "environment";
  if (Array.isArray(own(field, "enum"))) return "choice";
  const type = fieldType(field);
  return type === "boolean" ? "boolean" : type === "number" || type === "integer" ? "number" : "string";
}

/**
 * A JSON Schema for declared inputs: the way back, for files that were written by hand. Patterns, limits and the difference between integer and
 * number cannot be declared in a workflow file and are not invented.
 */
export function fromDispatchInputs(inputs: Iterable<readonly [string, Partial<DispatchInput>]>): {
  type: "object";
  properties: Record<string, JsonObject>;
  required: string[];
  additionalProperties: false;
} {
  const properties: [string, JsonObject][] = [];
  const required: string[] = [];
  for (const [name, input] of inputs) {
    if (contractInputs.some((taken) => taken === name)) continue;
    properties.push([name, fromDispatchInput(input)]);
    if (input.required === true) required.push(name);
  }
  return { type: "object", properties: objectOf(properties), required, additionalProperties: false };
}

function toDispatchInput(field: JsonObject, required: boolean): DispatchInput {
  const type = dispatchType(field);
  const description = own(field, "description") ?? own(field, "title");
  const fallback = own(field, "default");
  const options = own(field, "enum");
  return {
    ...(typeof description === "string" && description !== "" ? { description } : {}),
    required,
    type,
    ...(type === "choice" && Array.isArray(options) ? { options: options.map(String) } : {}),
    ...(isDefault(fallback) ? { default: type === "choice" ? String(fallback) : fallback } : {}),
  };
}

function fromDispatchInput(input: Partial<DispatchInput>): JsonObject {
  const description = input.description === undefined ? {} : { description: input.description };
  switch (input.type) {
    case "boolean":
      return { type: "boolean", ...description, ...keep(input.default, toBoolean) };
    case "number":
      return { type: "number", ...description, ...keep(input.default, toNumber) };
    case "choice":
      return { type: "string", ...description, ...choiceOf(input) };
    case "environment":
      return { type: "string", ...description, "x-github-type": "environment", ...keep(input.default, String) };
    case "string":
    case undefined:
    default:
      return { type: "string", ...description, ...keep(input.default, String) };
  }
}

/** Options that GitHub would refuse, because there are none or one is twice, are no schema either; nor is a default that is none of them. */
function choiceOf(input: Partial<DispatchInput>): JsonObject {
  const options = [...new Set(input.options)].filter((option) => option !== "");
  if (options.length === 0) return keep(input.default, String);
  const fallback = input.default === undefined ? undefined : String(input.default);
  return { enum: options, ...(fallback !== undefined && options.includes(fallback) ? { default: fallback } : {}) };
}

function keep<T>(
  value: DispatchInput["default"],
  convert: (value: string | number | boolean) => T | undefined,
): { default?: T } {
  const converted = value === undefined ? undefined : convert(value);
  return converted === undefined ? {} : { default: converted };
}

function toBoolean(value: string | number | boolean): boolean | undefined {
  return String(value) === "true" ? true : String(value) === "false" ? false : undefined;
}

function toNumber(value: string | number | boolean): number | undefined {
  return /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(String(value)) ? Number(value) : undefined;
}

function isDefault(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
