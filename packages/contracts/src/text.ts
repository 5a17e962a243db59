import { z } from "zod";

/** A string that can be stored and sent on everywhere: no NUL, no lone surrogate. Lengths are in UTF-16 units. */
export function text(limits: { min?: number; max: number }) {
  return z
    .string()
    .min(limits.min ?? 0)
    .max(limits.max)
    .refine(isStorableText, "must not contain NUL characters or lone surrogates");
}

/** A JSON object whose strings and keys are storable and that is not nested deeper than `maxDepth`. */
export const JsonObject = z
  .record(z.string(), z.unknown())
  .refine((value) => isStorableJson(value), "must not contain NUL characters, lone surrogates or more than 32 levels")
  .meta({ id: "JsonObject", description: "Any JSON object." });
export type JsonObject = z.infer<typeof JsonObject>;

/** The number of a row: what Postgres' integer holds. */
export const RowNumber = z.coerce.number().int().min(1).max(2_147_483_647);

export const Timestamp = z.iso.datetime().meta({ description: "RFC 3339, UTC." });

/** SHA-1 of a git object, as 40 hex digits. */
export const GitSha = z.string().regex(/^[0-9a-f]{40}$/);

/** Makes any string fit `text({ max })`, for words that come from elsewhere: cut at the end, NUL and lone surrogates replaced. */
export function toStorableText(value: string, max = Number.POSITIVE_INFINITY): string {
  const cut = value.length > max ? `${value.slice(0, max - 1)}…` : value;
  return cut.replaceAll("\0", "\ufffd").toWellFormed();
}

const maxDepth = 32;

function isStorableText(value: string): boolean {
  return !value.includes("\0") && value.isWellFormed();
}

function isStorableJson(value: unknown, depth = 0): boolean {
  if (depth > maxDepth) return false;
  if (typeof value === "string") return isStorableText(value);
  if (Array.isArray(value)) return value.every((item) => isStorableJson(item, depth + 1));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).every(([key, item]) => isStorableText(key) && isStorableJson(item, depth + 1));
  }
  return true;
}
