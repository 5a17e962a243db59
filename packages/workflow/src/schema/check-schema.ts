import { envName } from "../known/env-name.ts";
import { hasInvisible } from "../known/invisible.ts";
import { contractInputs, fieldName, fieldType, maxInputs, type FieldType } from "./fields.ts";
import { isObject, own, pointer, type JsonObject } from "./json.ts";
import { checkLimits, misfitOf } from "./limits.ts";
import type { SchemaError } from "./schema-error.ts";

/**
 * Whether `schema` may describe a skill's inputs: a JSON Schema (2020-12) object of strings, numbers, integers, booleans and enums.
 * Empty list: yes.
 */
export function checkInputsSchema(schema: unknown, at = "inputs_schema"): SchemaError[] {
  const errors = checkFieldsSchema(schema, at);
  if (!isObject(schema) || !isObject(own(schema, "properties"))) return errors;
  const names = Object.keys(own(schema, "properties") as JsonObject);
  if (names.length > maxInputs) {
    errors.push({
      pointer: pointer(at, "properties"),
      detail: `A skill has at most ${maxInputs} inputs; this one has ${names.length}. GitHub allows 25 and infraskill needs 2.`,
    });
  }
  const byVariable = new Map<string, string>();
  for (const name of names) {
    const place = pointer(at, "properties", name);
    if (contractInputs.some((taken) => taken === name.toLowerCase().replaceAll("-", "_"))) {
      errors.push({ pointer: place, detail: `"${name}" is an input infraskill adds itself; choose another name.` });
    }
    const variable = envName(name);
    const other = byVariable.get(variable);
    if (other !== undefined) {
      errors.push({
        pointer: place,
        detail: `"${name}" and "${other}" both become the variable ${variable}; rename one.`,
      });
    }
    byVariable.set(variable, name);
  }
  return errors;
}

/** Whether `schema` may describe a skill's outputs. Empty list: yes. */
export function checkOutputsSchema(schema: unknown, at = "outputs_schema"): SchemaError[] {
  const errors = checkFieldsSchema(schema, at);
  if (!isObject(schema) || !isObject(own(schema, "properties"))) return errors;
  const seen = new Set<string>();
  for (const name of Object.keys(own(schema, "properties") as JsonObject)) {
    if (seen.has(name.toLowerCase())) {
      errors.push({
        pointer: pointer(at, "properties", name),
        detail: `"${name}" differs from another output only in case.`,
      });
    }
    seen.add(name.toLowerCase());
  }
  return errors;
}

const objectKeywords = new Set([
  "$schema", "$id", "$comment", "type", "title", "description", "properties", "required", "additionalProperties", "examples",
]); // prettier-ignore

const anyFieldKeywords = [
  "type",
  "title",
  "description",
  "default",
  "enum",
  "const",
  "examples",
  "$comment",
  "deprecated",
];
const fieldKeywords: Readonly<Record<FieldType, readonly string[]>> = {
  string: [...anyFieldKeywords, "pattern", "minLength", "maxLength", "format"],
  number: [...anyFieldKeywords, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  integer: [...anyFieldKeywords, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  boolean: anyFieldKeywords,
};

function checkFieldsSchema(schema: unknown, at: string): SchemaError[] {
  if (!isObject(schema)) return [{ pointer: pointer(at), detail: "Must be a JSON Schema object." }];
  const errors: SchemaError[] = [];
  for (const keyword of Object.keys(schema)) {
    if (!objectKeywords.has(keyword) && !keyword.startsWith("x-")) {
      errors.push({
        pointer: pointer(at, keyword),
        detail: `"${keyword}" is not supported here; describe each field under "properties".`,
      });
    }
  }
  const type = own(schema, "type");
  if (type !== undefined && type !== "object") {
    errors.push({ pointer: pointer(at, "type"), detail: 'Must be "object".' });
  }
  const properties = own(schema, "properties");
  if (properties !== undefined && !isObject(properties)) {
    errors.push({ pointer: pointer(at, "properties"), detail: "Must be an object with one schema per field." });
  }
  const required = own(schema, "required");
  if (required !== undefined && !(Array.isArray(required) && required.every((name) => typeof name === "string"))) {
    errors.push({ pointer: pointer(at, "required"), detail: "Must be a list of field names." });
  } else if (Array.isArray(required)) {
    required.forEach((name: string, index) => {
      if (!isObject(properties) || !Object.hasOwn(properties, name)) {
        errors.push({ pointer: pointer(at, "required", index), detail: `"${name}" is not among the properties.` });
      }
    });
  }
  if (isObject(properties)) {
    for (const [name, field] of Object.entries(properties))
      errors.push(...checkField(field, name, [at, "properties", name]));
  }
  return errors;
}

function checkField(field: unknown, name: string, path: string[]): SchemaError[] {
  const errors: SchemaError[] = [];
  const fail = (detail: string, ...more: (string | number)[]) =>
    errors.push({ pointer: pointer(...path, ...more), detail });

  if (!fieldName.test(name)) {
    fail("A name starts with a letter or _ and holds only letters, digits, - and _, at most 100 characters.");
  }
  if (!isObject(field)) {
    fail("Must be a JSON Schema object.");
    return errors;
  }
  const type = fieldType(field);
  if (type === undefined) {
    fail('Must be "string", "number", "integer" or "boolean".', "type");
    return errors;
  }
  const keywords = fieldKeywords[type];
  for (const keyword of Object.keys(field)) {
    if (!keywords.includes(keyword) && !keyword.startsWith("x-"))
      fail(`"${keyword}" is not supported for a ${type}.`, keyword);
  }
  for (const keyword of ["title", "description"]) {
    const value = own(field, keyword);
    if (value === undefined) continue;
    if (typeof value !== "string") fail("Must be text.", keyword);
    else if (value.length > 1000) fail("Must not be longer than 1,000 characters.", keyword);
    else if (value.includes("${{")) fail("Must not contain ${{; GitHub would read it as an expression.", keyword);
    else if (hasInvisible(value)) fail(unseen, keyword);
  }
  const limit_errors = checkLimits(field, path);
  errors.push(...limit_errors);
  const constant = own(field, "const");
  if (constant !== undefined && !hasType(constant, type)) fail(`Must be ${typeWords[type]}, like the field.`, "const");

  const options = own(field, "enum");
  if (options !== undefined) {
    if (!Array.isArray(options) || options.length === 0) fail("Must be a list with at least one value.", "enum");
    else {
      options.forEach((option, index) => {
        if (!hasType(option, type)) fail(`Must be ${typeWords[type]}, like the field.`, "enum", index);
        else if (option === "") fail("An empty option cannot be chosen on GitHub.", "enum", index);
        else if (String(option).includes("${{")) fail("Must not contain ${{.", "enum", index);
        else if (hasInvisible(String(option))) fail(unseen, "enum", index);
      });
      if (new Set(options.map(String)).size !== options.length) fail("Two options are the same.", "enum");
    }
  }
  const fallback = own(field, "default");
  if (fallback !== undefined) {
    if (!hasType(fallback, type)) fail(`Must be ${typeWords[type]}, like the field.`, "default");
    else if (Array.isArray(options) && !options.includes(fallback)) fail("Must be one of the options.", "default");
    else if (typeof fallback === "string" && fallback.includes("${{"))
      fail("Must not contain ${{; GitHub would read it as an expression.", "default");
    else if (typeof fallback === "string" && hasInvisible(fallback)) fail(unseen, "default");
    else if (limit_errors.length === 0) {
      const misfit = misfitOf(field, fallback);
      // A default that a run would refuse is worse than none.
      if (misfit !== undefined) fail(misfit, "default");
    }
  }
  const github = own(field, "x-github-type");
  if (github !== undefined && github !== "environment") fail('Only "environment" is known.', "x-github-type");
  if (github === "environment" && type !== "string") fail("An environment is a string.", "x-github-type");
  return errors;
}

const unseen = "Contains invisible or text-direction characters; remove them.";

const typeWords: Readonly<Record<FieldType, string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
};

function hasType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return Number.isFinite(value);
  return typeof value === type;
}
