import type { Expr } from "@actions/expressions/ast";
import { isCollection, isPair, isScalar } from "yaml";
import { findExpressions } from "./embedded-expressions.ts";
import { parseExpression } from "./expression.ts";
import { placeOf, type Located, type Place, type Source } from "./source.ts";

/** Every parsed `${{ … }}` of a file in the values that mention something, wherever they stand, with its place and its value's. */
export function* fileExpressions(
  source: Source,
  mentions: RegExp,
): Iterable<{ expr: Expr; place: Place; value: Place }> {
  for (const scalar of scalarsOf(source)) {
    if (!mentions.test(scalar.value)) continue;
    for (const { text, place } of findExpressions(source, scalar)) {
      const expr = parseExpression(text);
      if (expr !== undefined) yield { expr, place, value: scalar.place };
    }
  }
}

/** Those with expressions in them. */
function scalarsOf(source: Source): readonly Located<string>[] {
  let scalars = known.get(source);
  if (scalars === undefined) known.set(source, (scalars = [...scalarsIn(source, source.document.contents)]));
  return scalars;
}

/** Several rules look through the same file. */
const known = new WeakMap<Source, readonly Located<string>[]>();

function* scalarsIn(source: Source, node: unknown): Iterable<Located<string>> {
  if (isScalar(node)) {
    if (typeof node.value === "string" && node.value.includes("${{"))
      yield { value: node.value, place: placeOf(source, node), node };
  } else if (isPair(node)) {
    yield* scalarsIn(source, node.key);
    yield* scalarsIn(source, node.value);
  } else if (isCollection(node)) for (const item of node.items) yield* scalarsIn(source, item);
}
