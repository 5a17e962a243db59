import { HttpProblem } from "@infraskill/platform/http-problem";
import type { z } from "zod";

/** Turns the sort key of the last row into an opaque cursor. */
function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The sort key in a cursor; a cursor this list did not make is a 400. */
export function decodeCursor<S extends z.ZodType>(cursor: string | undefined, key: S): z.output<S> | undefined {
  if (cursor === undefined) return undefined;
  try {
    return key.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch (cause) {
    throw new HttpProblem("malformed", "This cursor is not one this list gave out.", {
      errors: [{ pointer: "?cursor", detail: "use next_cursor as it was given" }],
      cause,
    });
  }
}

/** A page from one row more than asked for: `next_cursor` is set when that row exists. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
  toItem: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(toItem), next_cursor: more ? encodeCursor(keyOf(last)) : null };
}
