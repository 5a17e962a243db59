import { type Expr, FunctionCall, Literal } from "@actions/expressions/ast";
import { isScalar, Scalar } from "yaml";
import { replaceRange } from "../edit/splice.ts";
import { expressionsIn } from "../file/embedded-expressions.ts";
import { parseExpression, subExpressions } from "../file/expression.ts";
import type { Located, Source } from "../file/source.ts";
import { controlOf, type Scope } from "../values/control.ts";
import { scopesOf, stepScope } from "../values/scopes.ts";
import type { Finding, Rule } from "./rule.ts";

/** `contains('staging production', x)` is true for `t`, for `ing prod`, and for nothing at all. */
export const looseContains: Rule = {
  id: "loose-contains",
  title: "contains() of a text as a guard",
  severity: "warning",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      if (job.if !== undefined) yield* checkCondition(file.source, job.if, scopesOf(file).get(job)!.job);
      for (const step of job.steps)
        if (step.if !== undefined) yield* checkCondition(file.source, step.if, stepScope(file, job, step));
    }
  },
};

function* checkCondition(source: Source, condition: Located<string>, scope: Scope): Iterable<Finding> {
  const { value, place, node } = condition;
  if (!/contains/i.test(value)) return;
  for (const text of value.includes("${{") ? expressionsIn(value) : [value]) {
    const list = looseList(parseExpression(text), scope);
    if (list === undefined) continue;
    const words = list.split(/[\s,|]+/).filter((word) => word !== "");
    const written = `'${list.replaceAll("'", "''")}'`;
    const at = source.text.indexOf(written, place.start);
    const is_quoted = isScalar(node) && (node.type === Scalar.QUOTE_DOUBLE || node.type === Scalar.QUOTE_SINGLE);
    const fits = !is_quoted && at >= 0 && at + written.length <= place.end && !/["'\\]/.test(list) && words.length > 0;
    yield {
      message: `contains('${list}', …) looks for a part of that text: a letter of it passes, and so does nothing. Use contains(fromJSON('[…]'), …) with a list.`,
      place,
      fix: fits
        ? {
            title: "Look it up in a list",
            edits: [replaceRange(source, at, at + written.length, `fromJSON('${JSON.stringify(words)}')`)],
          }
        : null,
    };
  }
}

/** The text in which a value of the caller's is looked for. */
function looseList(root: Expr | undefined, scope: Scope): string | undefined {
  if (root === undefined) return undefined;
  for (const { expr } of subExpressions(root)) {
    if (!(expr instanceof FunctionCall) || expr.functionName.lexeme.toLowerCase() !== "contains") continue;
    const [list, item] = expr.args;
    const level = controlOf(item, scope)?.level;
    if (list instanceof Literal && level !== undefined && level !== "low") return list.literal.coerceString();
  }
  return undefined;
}
