import { own, pointer, type JsonObject } from "./json.ts";
import { checkPattern, matchesPattern } from "./pattern.ts";
import type { SchemaError } from "./schema-error.ts";

const bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] as const;
const lengths = ["minLength", "maxLength"] as const;

/** What is wrong with the keywords that limit a field's values, each by itself and together. */
export function checkLimits(field: JsonObject, path: readonly string[]): SchemaError[] {
  const errors: SchemaError[] = [];
  const fail = (keyword: string, detail: string) => errors.push({ pointer: pointer(...path, keyword), detail });
  for (const keyword of bounds) {
    const value = own(field, keyword);
    if (value !== undefined && !Number.isFinite(value)) fail(keyword, "Must be a number.");
    else if (keyword === "multipleOf" && Number(value) <= 0) fail(keyword, "Must be greater than 0.");
  }
  for (const keyword of lengths) {
    const value = own(field, keyword);
    if (value !== undefined && !(Number.isInteger(value) && Number(value) >= 0))
      fail(keyword, "Must be a whole number, 0 or more.");
  }
  const pattern = own(field, "pattern");
  if (pattern !== undefined) {
    const detail = typeof pattern === "string" ? checkPattern(pattern) : "Must be a regular expression as text.";
    if (detail !== undefined) fail("pattern", detail);
  }
  const format = own(field, "format");
  if (format !== undefined && typeof format !== "string") fail("format", "Must be the name of a format as text.");
  const examples = own(field, "examples");
  if (examples !== undefined && !Array.isArray(examples)) fail("examples", "Must be a list.");
  if (errors.length > 0) return errors;
  for (const [least, most] of pairs) {
    if (!(Number(own(field, least)) > Number(own(field, most)))) continue;
    fail(least, `Must not be above ${most}.`);
    fail(most, `Must not be below ${least}.`);
  }
  return errors;
}

const pairs = [
  ["minimum", "maximum"],
  ["exclusiveMinimum", "exclusiveMaximum"],
  ["minLength", "maxLength"],
] as const;

/** What a value of the field's type would have to be to fit its limits; undefined when it fits. The limits themselves are right. */
export function misfitOf(field: JsonObject, value: unknown): string | undefined {
  const constant = own(field, "const");
  if (constant !== undefined && value !== constant) return `Must be ${JSON.stringify(constant)}, like const.`;
  const limit = (keyword: string) => own(field, keyword) as number | undefined;
  if (typeof value === "number") {
    const [least, most, above, below] = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].map(limit);
    if (least !== undefined && value < least) return `Must be ${least} or more.`;
    if (most !== undefined && value > most) return `Must be ${most} or less.`;
    if (above !== undefined && value <= above) return `Must be more than ${above}.`;
    if (below !== undefined && value >= below) return `Must be less than ${below}.`;
  }
  if (typeof value === "string") {
    const length = Array.from(value).length;
    const [least, most] = lengths.map(limit);
    if (least !== undefined && length < least) return `Must have at least ${least} characters.`;
    if (most !== undefined && length > most) return `Must have at most ${most} characters.`;
    const pattern = own(field, "pattern");
    if (typeof pattern === "string" && !matchesPattern(pattern, value)) return "Must match the pattern.";
  }
  return undefined;
}
