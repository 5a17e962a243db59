import { fieldsOf, fieldType } from "@infraskill/workflow/schema/fields";
import type { JsonObject } from "@infraskill/contracts/text";
import { asText } from "../lib/as-text.ts";

/** What the run form holds: text as typed, and ticks. */
export type RunValues = Record<string, string | boolean>;

/** Form values for a schema: its defaults, overlaid by the inputs given. */
export function toRunValues(schema: JsonObject, inputs: JsonObject): RunValues {
  return Object.fromEntries(
    fieldsOf(schema).map(([name, field]) => {
      const value = Object.hasOwn(inputs, name) ? inputs[name] : field["default"];
      if (fieldType(field) === "boolean") return [name, value === true];
      return [name, value === undefined || value === null ? "" : asText(value)];
    }),
  );
}

/** Inputs as the API takes them. An empty field is absent; what is no number stays text, and the check says so. */
export function toInputs(schema: JsonObject, values: RunValues): JsonObject {
  return Object.fromEntries(
    fieldsOf(schema).flatMap(([name, field]) => {
      const value = values[name];
      if (typeof value === "boolean") return [[name, value]];
      if (value === undefined || value === "") return [];
      const type = fieldType(field);
      const numeric = (type === "number" || type === "integer") && value.trim() !== "" && !Number.isNaN(Number(value));
      if (numeric) return [[name, Number(value)]];
      const option = Array.isArray(field["enum"]) ? field["enum"].find((item) => String(item) === value) : undefined;
      return [[name, option ?? value]];
    }),
  );
}

/** The pointer `/inputs/<name>` of a refusal as the field's name. */
export function fieldOfPointer(pointer: string): string | undefined {
  const match = /^\/inputs\/([^/]+)$/.exec(pointer);
  return match?.[1]?.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** Whether a run asks to be confirmed by typing its target's name. */
export function isDestructive(category: string, schema: JsonObject): boolean {
  return category.toLowerCase() === "destructive" || schema["x-destructive"] === true;
}

/** What must be typed to confirm: the first required text input, else the skill's own name. */
export function targetOf(skill: string, schema: JsonObject, inputs: JsonObject): string {
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const target = fieldsOf(schema).find(
    ([name, field]) => required.includes(name) && fieldType(field) === "string",
  )?.[0];
  const value = target === undefined ? undefined : inputs[target];
  return typeof value === "string" && value !== "" ? value : skill;
}
