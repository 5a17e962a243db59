import type { Expr } from "@actions/expressions/ast";
import { visit } from "yaml";
import { findExpressions } from "./embedded-expressions.ts";
import { parseExpression } from "./expression.ts";
import { placeOf, type Located, type Place, type Source } from "./source.ts";

/** Every parsed `${{ … }}` of a file in the values that mention something, wherever they stand, with its place and its value's. */
export function* fileExpressions(
  source: Source,
  mentions: RegExp,
): Iterable<{ expr: Expr; place: Place; value: Place }> {
  const scalars: Located<string>[] = [];
  visit(source.document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && mentions.test(node.value))
        scalars.push({ value: node.value, place: placeOf(source, node), node });
    },
  });
  for (const scalar of scalars) {
    for (const { text, place } of findExpressions(source, scalar)) {
      const expr = parseExpression(text);
      if (expr !== undefined) yield { expr, place, value: scalar.place };
    }
  }
}
