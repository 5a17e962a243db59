import { credentialIn } from "../known/credentials.ts";
import { checkValue } from "./check-value.ts";
import { fieldsOf, maxInputCharacters, requiredOf } from "./fields.ts";
import { isObject, objectOf, own, pointer, type JsonObject } from "./json.ts";

/** `pointer` is an RFC 6901 pointer into the request's body: `/inputs/namespace`. */
export type InputError = { pointer: string; detail: string };
export type CheckedInputs = { ok: true; inputs: Record<string, unknown> } | { ok: false; errors: InputError[] };

/**
 * Checks the inputs of an execution against the skill's `inputs_schema` and fills in defaults. Nothing is converted: `"5"` is no number.
 * The answer's object has no prototype and holds only names the schema knows, so `__proto__` is a name like any other.
 *
 * @param at where the inputs stand in the caller's body, for the pointers: `["inputs"]`, or `["step_inputs", 0]`.
 */
export function checkInputs(
  inputsSchema: JsonObject,
  inputs: unknown,
  at: readonly (string | number)[] = ["inputs"],
): CheckedInputs {
  if (!isObject(inputs)) return { ok: false, errors: [{ pointer: pointer(...at), detail: "must be an object" }] };
  const errors: InputError[] = [];
  const fields = fieldsOf(inputsSchema);
  const required = requiredOf(inputsSchema);
  const known = new Set(fields.map(([name]) => name));

  for (const name of Object.keys(inputs)) {
    if (known.has(name)) continue;
    const names = known.size === 0 ? "it takes none" : `it takes ${[...known].join(", ")}`;
    errors.push({ pointer: pointer(...at, name), detail: `is not an input of this skill; ${names}` });
  }
  const values: [string, unknown][] = [];
  for (const [name, field] of fields) {
    const value = Object.hasOwn(inputs, name) ? inputs[name] : own(field, "default");
    if (value === undefined) {
      if (required.has(name)) errors.push({ pointer: pointer(...at, name), detail: "is required" });
      continue;
    }
    for (const detail of refusalsOf(field, value)) errors.push({ pointer: pointer(...at, name), detail });
    values.push([name, value]);
  }
  if (errors.length > 0) return { ok: false, errors };

  const checked = objectOf(values);
  const size = JSON.stringify(dispatchInputs(inputsSchema, checked)).length;
  if (size > maxInputCharacters - contractCharacters) {
    const limit = (maxInputCharacters - contractCharacters).toLocaleString("en-US");
    const detail = `are ${size.toLocaleString("en-US")} characters together; GitHub takes ${limit}`;
    return { ok: false, errors: [{ pointer: pointer(...at), detail }] };
  }
  return { ok: true, inputs: checked };
}

function refusalsOf(field: JsonObject, value: unknown): string[] {
  const misfits = checkValue(field, value);
  const credential = misfits.length === 0 ? credentialRefusal(value) : undefined;
  return credential === undefined ? misfits : [credential];
}

/** Whoever sees a run on GitHub sees its inputs, so no credential may get there. Undefined when nothing looks like one. */
export function credentialRefusal(value: unknown): string | undefined {
  const name = credentialIn(value);
  return name === undefined
    ? undefined
    : `looks like a credential (${name}), and inputs are kept and shown: let the skill read a GitHub secret instead`;
}

/**
 * The inputs as `workflow_dispatch` takes them: every value as a string, absent ones left out. Strings pass unchanged.
 */
export function dispatchInputs(inputsSchema: JsonObject, inputs: JsonObject): Record<string, string> {
  const values: [string, string][] = [];
  for (const [name] of fieldsOf(inputsSchema)) {
    const value = own(inputs, name);
    if (value !== undefined && value !== null)
      values.push([name, typeof value === "string" ? value : JSON.stringify(value)]);
  }
  return objectOf(values);
}

/** Room kept for `execution_id` and `callback_url` with their names and quotes. */
const contractCharacters = 535;
