import { Binary, type Expr, FunctionCall, Grouping, Literal, Logical } from "@actions/expressions/ast";
import { TokenType } from "@actions/expressions/lexer";
import { subExpressions } from "../file/expression.ts";
import { pathOf } from "./control.ts";
import { parseCondition } from "./if-condition.ts";

/**
 * Whether a job with this condition is sure not to run when the claim was refused, given that the job depends on `claim`. A condition without a status
 * function is GitHub's `success() && (…)`.
 */
export function impliesClaim(condition: string): boolean {
  const expr = parseCondition(condition);
  if (expr === undefined) return !/\b(always|failure|cancelled)\s*\(/i.test(condition);
  const calls = [...subExpressions(expr)].map(({ expr: part }) => nameOfCall(part));
  if (!calls.some((name) => statusFunctions.has(name ?? ""))) return true;
  return isFalseWithoutClaim(expr);
}

const statusFunctions: ReadonlySet<string> = new Set(["success", "failure", "always", "cancelled"]);

function isFalseWithoutClaim(expr: Expr): boolean {
  if (expr instanceof Grouping) return isFalseWithoutClaim(expr.group);
  if (expr instanceof Logical) {
    return expr.operator.type === TokenType.AND
      ? expr.args.some(isFalseWithoutClaim)
      : expr.args.every(isFalseWithoutClaim);
  }
  if (expr instanceof Binary) {
    return (
      expr.operator.type === TokenType.EQUAL_EQUAL &&
      ((isClaimResult(expr.left) && isSuccess(expr.right)) || (isClaimResult(expr.right) && isSuccess(expr.left)))
    );
  }
  return nameOfCall(expr) === "success";
}

function isClaimResult(expr: Expr): boolean {
  return pathOf(expr)?.join(".") === "needs.claim.result";
}

function isSuccess(expr: Expr): boolean {
  return expr instanceof Literal && expr.literal.coerceString().toLowerCase() === "success";
}

function nameOfCall(expr: Expr): string | undefined {
  return expr instanceof FunctionCall ? expr.functionName.lexeme.toLowerCase() : undefined;
}
