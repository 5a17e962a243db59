import type { Expr } from "@actions/expressions/ast";
import type * as data from "@actions/expressions/data/index";
import { Evaluator } from "@actions/expressions/evaluator";
import { Lexer } from "@actions/expressions/lexer";
import { Parser } from "@actions/expressions/parser";
import { objectOf } from "../schema/json.ts";
import { fromExpressionData, toExpressionData } from "./data.ts";
import { endOfExpression } from "./expression-end.ts";
import { boundedFunctions } from "./functions.ts";
import { type Reference, referencesIn } from "./references.ts";

/** A text with `${{ … }}` in it, parsed. A sole expression keeps its type; text with expressions in it becomes a string. */
export type ValueTemplate = { readonly sole: boolean; readonly parts: readonly (string | Expr)[] };
type Evaluated = { ok: true; value: unknown } | { ok: false; detail: string };

/** True for a text that holds an expression; everything else is a literal. */
export function isTemplate(value: unknown): value is string {
  return typeof value === "string" && value.includes("${{");
}

/**
 * Parses a text in GitHub's expression syntax, with steps counted as in `steps.0.outputs.x`, which GitHub itself would write `steps[0]`.
 * https://docs.github.com/actions/reference/workflows-and-actions/expressions
 *
 * @param contexts the names an expression may start with, such as `["inputs"]`
 */
export function parseTemplate(
  text: string,
  contexts: readonly string[],
): { ok: true; template: ValueTemplate } | { ok: false; detail: string } {
  const parts: (string | Expr)[] = [];
  let from = 0;
  for (let open = text.indexOf("${{"); open >= 0; open = text.indexOf("${{", from)) {
    const close = endOfExpression(text, open + 3);
    if (close < 0) return { ok: false, detail: "has a ${{ that is not closed with }}" };
    if (open > from) parts.push(text.slice(from, open));
    const expression = text.slice(open + 3, close).trim();
    if (expression === "") return { ok: false, detail: "has nothing between ${{ and }}" };
    try {
      parts.push(new Parser(new Lexer(countSteps(expression)).lex().tokens, [...contexts], []).parse());
    } catch (error) {
      return { ok: false, detail: `is no expression GitHub knows: ${messageOf(error)}` };
    }
    from = close + 2;
  }
  if (from < text.length) parts.push(text.slice(from));
  return { ok: true, template: { sole: parts.length === 1 && typeof parts[0] !== "string", parts } };
}

/** Evaluates against one value per context. A sole expression that comes to nothing is `null`. */
export function evaluateTemplate(template: ValueTemplate, contexts: Readonly<Record<string, unknown>>): Evaluated {
  try {
    const scope = toExpressionData(objectOf(Object.entries(contexts))) as data.Dictionary;
    const values = template.parts.map((part) =>
      typeof part === "string" ? part : new Evaluator(part, scope, boundedFunctions).evaluate(),
    );
    const [first] = values;
    if (template.sole && first !== undefined && typeof first !== "string") {
      return { ok: true, value: fromExpressionData(first) };
    }
    return {
      ok: true,
      value: values.map((value) => (typeof value === "string" ? value : value.coerceString())).join(""),
    };
  } catch (error) {
    return { ok: false, detail: `cannot be evaluated: ${messageOf(error)}` };
  }
}

/** What a template's expressions look at. */
export function referencesOf(template: ValueTemplate): Reference[] {
  return template.parts.flatMap((part) => (typeof part === "string" ? [] : [...referencesIn(part)]));
}

/** GitHub's names start with a letter, so its lexer refuses `steps.0`; outside quotes it is read as `steps[0]`. */
function countSteps(expression: string): string {
  return expression
    .split(/('(?:[^']|'')*')/)
    .map((piece, i) => (i % 2 === 1 ? piece : piece.replaceAll(/(?<![\w.-])(steps)\.(\d+)(?![\w-])/gi, "$1[$2]")))
    .join("");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
