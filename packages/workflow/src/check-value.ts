import { Validator } from "@cfworker/json-schema";
import { isObject, own, type JsonObject } from "./json.ts";

/** What keeps `value` from fitting the field's schema, one sentence each, in words for the person who typed it. */
export function checkValue(field: JsonObject, value: unknown): string[] {
  if (typeof value === "string" && !value.isWellFormed()) return ["contains half of a character (a lone surrogate)"];
  if (typeof value === "string" && value.includes("\0")) return ["contains a NUL character"];
  const { errors } = new Validator(field, "2020-12", false).validate(value);
  const details = errors.map((error) => explain(error.keyword, field) ?? error.error);
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
    case "pattern":
      return `must match the pattern ${String(limit)}`;
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

/** The words of a schema about a field, for messages: its title, or its name. */
export function labelOf(name: string, field: unknown): string {
  const title = isObject(field) ? own(field, "title") : undefined;
  return typeof title === "string" && title !== "" ? title : name;
}
