import { checkValue } from "./check-value.ts";
import { fieldsOf, fieldType, requiredOf } from "./fields.ts";
import { objectOf, own, pointer, type JsonObject } from "./json.ts";

/** `pointer` is an RFC 6901 pointer: `/outputs/latency_ms`. */
type OutputMismatch = { pointer: string; detail: string };

/**
 * The outputs of a run are strings; this gives them the types of `outputs_schema` and says where they miss it. Outputs the schema does not know
 * and values that do not convert are kept as they came. An output that was never set arrives as `""` and counts as absent unless it is a string.
 */
export function coerceOutputs(
  outputsSchema: JsonObject,
  outputs: Readonly<Record<string, unknown>>,
): { outputs: Record<string, unknown>; mismatches: OutputMismatch[] } {
  const mismatches: OutputMismatch[] = [];
  const required = requiredOf(outputsSchema);
  const values: [string, unknown][] = [];
  const known = new Set<string>();

  for (const [name, field] of fieldsOf(outputsSchema)) {
    known.add(name);
    const raw = own(outputs, name);
    const value = convert(fieldType(field), raw);
    if (value === undefined || (value === "" && !required.has(name))) {
      if (required.has(name))
        mismatches.push({ pointer: pointer("outputs", name), detail: "is required and was not set" });
      if (raw === "" && value === "") values.push([name, value]);
      continue;
    }
    for (const detail of checkValue(field, value)) mismatches.push({ pointer: pointer("outputs", name), detail });
    values.push([name, value]);
  }
  for (const name of Object.keys(outputs)) if (!known.has(name)) values.push([name, outputs[name]]);
  return { outputs: objectOf(values), mismatches };
}

function convert(type: ReturnType<typeof fieldType>, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (type === "number" || type === "integer") {
    const text = value.trim();
    if (text === "") return undefined;
    return jsonNumber.test(text) ? Number(text) : value;
  }
  if (type === "boolean") {
    const text = value.trim().toLowerCase();
    if (text === "") return undefined;
    return text === "true" ? true : text === "false" ? false : value;
  }
  return value;
}

/** As JSON writes numbers, with leading zeros and a plus sign let through because shell tools print them. */
const jsonNumber = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
