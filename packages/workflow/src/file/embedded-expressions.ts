import { endOfExpression } from "../evaluate/expression-end.ts";
import { placeAt, type Located, type Place, type Source } from "./source.ts";

// Finding expressions needs no parser for them: what only finds them stays light.

/** A `${{ … }}` inside a scalar. `text` is what stands between the braces. */
export type EmbeddedExpression = {
  readonly text: string;
  /** Offset of `${{` and end of `}}` in the scalar's value. */
  readonly from: number;
  readonly to: number;
  /** Of the whole `${{ … }}` in the file; the scalar's place when escapes or folding hide where exactly it stands. */
  readonly place: Place;
  readonly exact: boolean;
};

/** The expressions in a scalar, in order. An unclosed one is left out. */
export function findExpressions(source: Source, scalar: Located<string>): EmbeddedExpression[] {
  const { value, place } = scalar;
  if (!value.includes("${{")) return [];
  const raw = source.text.slice(place.start, place.end);
  const found: EmbeddedExpression[] = [];
  let inRaw = 0;
  for (const { from, to } of scan(value)) {
    const whole = value.slice(from, to);
    const at = raw.indexOf(whole, inRaw);
    if (at >= 0) inRaw = at + whole.length;
    found.push({
      text: whole.slice(3, -2),
      from,
      to,
      place: at >= 0 ? placeAt(source, place.start + at, place.start + at + whole.length) : place,
      exact: at >= 0,
    });
  }
  return found;
}

/** The texts of the expressions in a string, without the braces. */
export function expressionsIn(value: string): string[] {
  return [...scan(value)].map(({ from, to }) => value.slice(from + 3, to - 2));
}

function* scan(value: string): Iterable<{ from: number; to: number }> {
  for (let from = value.indexOf("${{"); from >= 0;) {
    const end = endOfExpression(value, from + 3);
    if (end < 0) return;
    yield { from, to: end + 2 };
    from = value.indexOf("${{", end + 2);
  }
}
