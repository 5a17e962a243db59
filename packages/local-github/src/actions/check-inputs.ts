import type { DispatchInput } from "../runner/types.ts";

export type CheckedInputs =
  | { ok: true; typed: Record<string, string | boolean | number>; texts: Record<string, string> }
  | { ok: false; message: string };

const most_characters = 65_535;

/**
 * Checks the inputs of a dispatch against the workflow's definition, with GitHub's refusals word for word.
 * `texts` is what `github.event.inputs` shows (every value a string), `typed` what the `inputs` context shows.
 */
export function checkInputs(
  definitions: readonly DispatchInput[],
  given: Readonly<Record<string, unknown>>,
): CheckedInputs {
  if (JSON.stringify(given).length > most_characters) return { ok: false, message: "inputs are too large." };
  const unexpected = Object.keys(given).filter((name) => !definitions.some((definition) => definition.name === name));
  if (unexpected.length > 0) return { ok: false, message: `Unexpected inputs provided: ${JSON.stringify(unexpected)}` };
  const typed: Record<string, string | boolean | number> = Object.create(null) as Record<string, string>;
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const definition of definitions) {
    const { name } = definition;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const text = value === undefined || value === null ? undefined : asText(value);
    if (text === undefined || (text === "" && definition.required)) {
      if (definition.required && definition.default === null)
        return { ok: false, message: `Required input '${name}' not provided` };
    }
    const effective = text === undefined || (text === "" && definition.required) ? defaultText(definition) : text;
    const refused = effective === "" && text === undefined ? undefined : checkType(definition, effective);
    if (refused !== undefined) return { ok: false, message: refused };
    texts[name] = effective;
    typed[name] = asTyped(definition, effective);
  }
  return { ok: true, typed: { ...typed }, texts: { ...texts } };
}

function checkType(definition: DispatchInput, text: string): string | undefined {
  const listed = `Provided value '${text}' for input '${definition.name}' not in the list of allowed values`;
  switch (definition.type) {
    case "boolean":
      return text === "true" || text === "false" ? undefined : listed;
    case "choice":
      return definition.options.includes(text) ? undefined : listed;
    case "number":
      return text.trim() !== "" && Number.isFinite(Number(text))
        ? undefined
        : `Provided value '${text}' for input '${definition.name}' is not a number`;
    case "string":
    case "environment":
      return undefined;
  }
}

function defaultText(definition: DispatchInput): string {
  if (definition.default !== null) return asText(definition.default);
  if (definition.type === "boolean") return "false";
  return definition.type === "choice" ? (definition.options[0] ?? "") : "";
}

function asTyped(definition: DispatchInput, text: string): string | boolean | number {
  if (definition.type === "boolean") return text === "true";
  if (definition.type === "number") return text === "" ? 0 : Number(text);
  return text;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
