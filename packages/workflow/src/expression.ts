import { Binary, type Expr, FunctionCall, Grouping, IndexAccess, Logical, Unary } from "@actions/expressions/ast";
import { Lexer } from "@actions/expressions/lexer";
import { Parser } from "@actions/expressions/parser";
import { placeAt, type Located, type Place, type Source } from "./source.ts";

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

/** `}}` inside a quoted string does not end an expression. */
function* scan(value: string): Iterable<{ from: number; to: number }> {
  for (let from = value.indexOf("${{"); from >= 0;) {
    let quoted = false;
    let to = -1;
    for (let i = from + 3; i < value.length; i++) {
      if (value[i] === "'") quoted = !quoted;
      else if (!quoted && value.startsWith("}}", i)) {
        to = i + 2;
        break;
      }
    }
    if (to < 0) return;
    yield { from, to };
    from = value.indexOf("${{", to);
  }
}
