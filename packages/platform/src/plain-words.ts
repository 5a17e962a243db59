import type { z } from "zod";

/**
 * Says what is wrong with a value in words for whoever sent it, to follow the field's name: "is required", "must be a whole
 * number". Give it to `safeParse` as `error`; a schema's own message goes before it, and a value is never shown.
 */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is required"
        : `must be ${kinds[issue.expected] ?? `of type ${issue.expected}`}`;
    case "invalid_value":
      return issue.input === undefined ? "is required" : `must be ${oneOf(issue.values)}`;
    case "too_small":
      return limit("at least", issue.minimum, issue.origin);
    case "too_big":
      return limit("at most", issue.maximum, issue.origin);
    case "invalid_format":
      return formats[issue.format] ?? `must be a valid ${issue.format}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `has fields nobody knows: ${issue.keys.join(", ")}`;
    case "invalid_union":
      return "has none of the forms that are accepted";
    default:
      return "is not accepted";
  }
};

const kinds: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  null: "null",
};

const formats: Readonly<Record<string, string>> = {
  datetime: "must be a UTC time such as 2026-01-31T09:30:00Z",
  uuid: "must be a UUID",
  url: "must be an address such as https://example.com/",
  regex: "is not written as it must be",
};

/** What a size is counted in; a number is its own size. */
const units: Readonly<Record<string, readonly [one: string, more: string]>> = {
  string: ["character", "characters"],
  array: ["item", "items"],
};

function oneOf(values: readonly unknown[]): string {
  return `${values.length === 1 ? "" : "one of "}${values.map(String).join(", ")}`;
}

function limit(bound: "at least" | "at most", size: number | bigint, origin: string): string {
  const unit = units[origin];
  if (unit === undefined) return `must be ${bound} ${size}`;
  return `must have ${bound} ${size} ${unit[Number(size) === 1 ? 0 : 1]}`;
}
