import { Binary, type Expr, FunctionCall, Grouping, Literal, Logical } from "@actions/expressions/ast";
import { Kind } from "@actions/expressions/data/expressiondata";
import { TokenType } from "@actions/expressions/lexer";
import { expressionsIn } from "../file/embedded-expressions.ts";
import { parseExpression, subExpressions } from "../file/expression.ts";
import { pathOf } from "./control.ts";

/** An `if`, with or without `${{ }}`; undefined for what is no expression, or more than one and so always true. */
export function parseCondition(condition: string): Expr | undefined {
  const text = condition.trim();
  const embedded = expressionsIn(text);
  const whole = embedded.length === 1 && text.startsWith("${{") && text.endsWith("}}");
  return embedded.length > 0 && !whole ? undefined : parseExpression(whole ? embedded[0]! : text);
}

/** Whether a step with this condition may run although a step before it has failed. */
export function mayFollowFailure(condition: string | undefined): boolean {
  if (condition === undefined) return false;
  const expr = parseCondition(condition);
  if (expr === undefined) return true;
  return [...subExpressions(expr)].some(({ expr: part }) =>
    /^(?:always|failure|cancelled)$/.test(nameOfCall(part) ?? ""),
  );
}

/** Paths whose value is one of some texts that stand in the condition, wherever it holds: `inputs.x == 'web'`, `contains(fromJSON('["a", "b"]'), inputs.x)`. */
export function fixedBy(condition: string | undefined): ReadonlySet<string> {
  const expr = condition === undefined ? undefined : parseCondition(condition);
  return expr === undefined ? new Set() : fixedIn(expr);
}

function fixedIn(expr: Expr): ReadonlySet<string> {
  if (expr instanceof Grouping) return fixedIn(expr.group);
  if (expr instanceof Logical) {
    const parts = expr.args.map(fixedIn);
    const all = new Set(parts.flatMap((part) => [...part]));
    if (expr.operator.type === TokenType.AND) return all;
    return new Set([...all].filter((path) => parts.every((part) => part.has(path))));
  }
  if (expr instanceof Binary && expr.operator.type === TokenType.EQUAL_EQUAL) {
    if (isText(expr.right)) return only(expr.left);
    if (isText(expr.left)) return only(expr.right);
  }
  const [list, value] = expr instanceof FunctionCall && nameOfCall(expr) === "contains" ? expr.args : [];
  return list !== undefined && value !== undefined && isListOfTexts(list) ? only(value) : new Set();
}

function only(expr: Expr): ReadonlySet<string> {
  const path = pathOf(expr);
  if (path === undefined || path.includes("*")) return new Set();
  return new Set([path.join(".").replace(/^github\.event\.inputs\./, "inputs.")]);
}

/** Numbers are compared as numbers, and ` 1` is one as well. */
function isText(expr: Expr): boolean {
  return expr instanceof Literal && expr.literal.kind === Kind.String;
}

function isListOfTexts(expr: Expr): boolean {
  if (nameOfCall(expr) !== "fromjson") return false;
  const [text] = (expr as FunctionCall).args;
  if (text === undefined || !isText(text)) return false;
  try {
    const list: unknown = JSON.parse((text as Literal).literal.coerceString());
    return Array.isArray(list) && list.every((item) => typeof item === "string");
  } catch {
    return false;
  }
}

function nameOfCall(expr: Expr): string | undefined {
  return expr instanceof FunctionCall ? expr.functionName.lexeme.toLowerCase() : undefined;
}
