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
  if (scalars === undefined) known.set(source, (scalars = findScalars(source, source.document.contents)));
  return scalars;
}

/** Several rules look through the same file. */
const known = new WeakMap<Source, readonly Located<string>[]>();

function findScalars(source: Source, node: unknown, found: Located<string>[] = []): Located<string>[] {
  if (isScalar(node)) {
    if (typeof node.value === "string" && node.value.includes("${{"))
      found.push({ value: node.value, place: placeOf(source, node), node });
  } else if (isPair(node)) {
    findScalars(source, node.key, found);
    findScalars(source, node.value, found);
  } else if (isCollection(node)) for (const item of node.items) findScalars(source, item, found);
  return found;
}
