import { Binary, type Expr, FunctionCall, Grouping, IndexAccess, Logical, Unary } from "@actions/expressions/ast";
import { Lexer } from "@actions/expressions/lexer";
import { Parser } from "@actions/expressions/parser";

/** Parses what stands between the braces; `undefined` when it is no expression (other layers say so). */
export function parseExpression(text: string): Expr | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const expr = parse(text);
  if (parsed.size >= 500) parsed.clear();
  parsed.set(text, expr);
  return expr;
}

/** Rules look at the same expression several times, and the contract's are in every file. */
const parsed = new Map<string, Expr | undefined>();

function parse(text: string): Expr | undefined {
  try {
    return new Parser(new Lexer(text.trim()).lex().tokens, contexts, functions).parse();
  } catch {
    return undefined;
  }
}

/** Every part of an expression, itself included, with what it stands in. */
export function* subExpressions(expr: Expr, parent?: Expr): Iterable<{ expr: Expr; parent: Expr | undefined }> {
  yield { expr, parent };
  for (const child of childrenOf(expr)) yield* subExpressions(child, expr);
}

function childrenOf(expr: Expr): readonly Expr[] {
  if (expr instanceof Grouping) return [expr.group];
  if (expr instanceof Unary) return [expr.expr];
  if (expr instanceof Binary) return [expr.left, expr.right];
  if (expr instanceof Logical || expr instanceof FunctionCall) return expr.args;
  if (expr instanceof IndexAccess) return [expr.expr, expr.index];
  return [];
}

const contexts = [
  "github",
  "env",
  "vars",
  "job",
  "jobs",
  "steps",
  "runner",
  "secrets",
  "strategy",
  "matrix",
  "needs",
  "inputs",
];

const functions = [
  { name: "hashFiles", minArgs: 1, maxArgs: 255 },
  { name: "success", minArgs: 0, maxArgs: 255 },
  { name: "failure", minArgs: 0, maxArgs: 255 },
  { name: "always", minArgs: 0, maxArgs: 0 },
  { name: "cancelled", minArgs: 0, maxArgs: 0 },
  { name: "case", minArgs: 3, maxArgs: 255 },
];
