import { Validator } from "@cfworker/json-schema";
import { isObject, own, type JsonObject } from "./json.ts";
import { matchesPattern } from "./pattern.ts";

/** What keeps `value` from fitting the field's schema, one sentence each, in words for the person who typed it. */
export function checkValue(field: JsonObject, value: unknown): string[] {
  if (typeof value === "string" && !value.isWellFormed()) return ["contains half of a character (a lone surrogate)"];
  if (typeof value === "string" && value.includes("\0")) return ["contains a NUL character"];
  const { pattern, ...rest } = field;
  const { errors } = new Validator(rest, "2020-12", false).validate(value);
  const details = errors.map((error) => explain(error.keyword, field) ?? error.error);
  // Matched apart from the rest: no pattern may take longer than its value is long.
  if (typeof value === "string" && typeof pattern === "string" && !matchesPattern(pattern, value))
    details.push(explainPattern(pattern, value, field));
  // A value of the wrong type also misses every other keyword; one reason is enough.
  const wrongType = errors.findIndex((error) => error.keyword === "type");
  return wrongType >= 0 ? [details[wrongType]!] : [...new Set(details)];
}

function explain(keyword: string, field: JsonObject): string | undefined {
  const limit = own(field, keyword);
  switch (keyword) {
    case "type":
      return limit === "integer"
        ? "must be a whole number"
        : limit === "boolean"
          ? "must be true or false"
          : `must be a ${String(limit)}`;
    case "enum":
      return `must be one of ${Array.isArray(limit) ? limit.map((option) => JSON.stringify(option)).join(", ") : String(limit)}`;
    case "const":
      return `must be ${JSON.stringify(limit)}`;
    case "minLength":
      return limit === 1 ? "must not be empty" : `must have at least ${String(limit)} characters`;
    case "maxLength":
      return `must have at most ${String(limit)} characters`;
    case "minimum":
      return `must be ${String(limit)} or more`;
    case "maximum":
      return `must be ${String(limit)} or less`;
    case "exclusiveMinimum":
      return `must be more than ${String(limit)}`;
    case "exclusiveMaximum":
      return `must be less than ${String(limit)}`;
    case "multipleOf":
      return `must be a multiple of ${String(limit)}`;
    case "format":
      return `must be a valid ${String(limit)}`;
    default:
      return undefined;
  }
}

/** A pattern is for machines: the first character that does not fit, and an example where the schema has one, are for people. */
function explainPattern(pattern: string, value: string, field: JsonObject): string {
  const allowed = /^\^(\[[^\]]+\])[+*]\$$/.exec(pattern)?.[1];
  const wrong =
    allowed === undefined ? undefined : Array.from(value).find((char) => !matchesPattern(`^${allowed}$`, char));
  const examples = own(field, "examples");
  const example =
    Array.isArray(examples) && typeof examples[0] === "string" ? `, such as ${JSON.stringify(examples[0])}` : "";
  const because = wrong === undefined ? "" : `; ${JSON.stringify(wrong)} is not among its characters`;
  return `must match the pattern ${pattern}${example}${because}`;
}

/** The words of a schema about a field, for messages: its title, or its name. */
export function labelOf(name: string, field: unknown): string {
  const title = isObject(field) ? own(field, "title") : undefined;
  return typeof title === "string" && title !== "" ? title : name;
}
