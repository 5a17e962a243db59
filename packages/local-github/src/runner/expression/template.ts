import * as data from "@actions/expressions/data/index";
import { fromData } from "./data.ts";
import { callsStatusFunction, evaluate } from "./evaluate.ts";
import type { Scope } from "./scope.ts";

type Segment = { readonly literal: string } | { readonly expression: string };

/**
 * Puts the values of `${{ }}` into a text, raw, as GitHub does: what a value contains becomes part of a script.
 * @throws Error where an expression is faulty or a lone expression gives an object or a list.
 */
export function interpolate(text: string, scope: Scope): string {
  if (!text.includes("${{")) return text;
  const segments = splitTemplate(text);
  const only = segments[0];
  if (segments.length === 1 && only !== undefined && "expression" in only) {
    const value = evaluate(only.expression, scope);
    if (value.kind === data.Kind.Array) throw new Error("A sequence was not expected");
    if (value.kind === data.Kind.Dictionary) throw new Error("A mapping was not expected");
    return value.coerceString();
  }
  return segments
    .map((segment) => ("literal" in segment ? segment.literal : evaluate(segment.expression, scope).coerceString()))
    .join("");
}

/** Evaluates a YAML node through and through: a text that is one lone expression may become any JSON value. */
export function evaluateNode(node: unknown, scope: Scope): unknown {
  if (typeof node === "string") {
    const segments = node.includes("${{") ? splitTemplate(node) : [];
    const only = segments[0];
    if (segments.length === 1 && only !== undefined && "expression" in only) {
      return fromData(evaluate(only.expression, scope));
    }
    return interpolate(node, scope);
  }
  if (Array.isArray(node)) return node.map((item) => evaluateNode(item, scope));
  if (typeof node === "object" && node !== null) {
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
        if (!/^\$\{\{\s*insert\s*\}\}$/.test(key)) return [[interpolate(key, scope), evaluateNode(value, scope)]];
        const inserted = evaluateNode(value, scope);
        return typeof inserted === "object" && inserted !== null ? Object.entries(inserted) : [];
      }),
    );
  }
  return node;
}

/** A mapping of texts (`env`, `with`, `outputs`), every value as a text; null where the node is no mapping. */
export function evaluateTexts(node: unknown, scope: Scope): Record<string, string> {
  const value = evaluateNode(node ?? {}, scope);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error("A mapping was expected");
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, textOf(item)]));
}

/**
 * Decides an `if`. Without a status function it means `success() && (…)`; nothing at all means `success()`.
 * @param node the value in the YAML, with or without `${{ }}`
 */
export function evaluateCondition(node: unknown, scope: Scope): boolean {
  const expression = conditionOf(node);
  const value = evaluate(expression, scope);
  if (value.kind === data.Kind.Null) return false;
  const plain = fromData(value);
  return typeof plain === "object" ? true : Boolean(plain);
}

/** The whole expression an `if` stands for. */
export function conditionOf(node: unknown): string {
  const text = node === null || node === undefined ? "" : textOf(node).trim();
  if (text === "") return "success()";
  const expression = text.includes("${{") ? expressionOf(text) : text;
  return callsStatusFunction(expression) ? expression : `success() && (${expression})`;
}

/** A scalar of the YAML as text, the way GitHub prints it. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "object")
    throw new Error(Array.isArray(value) ? "A sequence was not expected" : "A mapping was not expected");
  return typeof value === "number" ? new data.NumberData(value).coerceString() : JSON.stringify(value);
}

/** Text around `${{ }}` in a condition makes it a format() call, which is never empty: the famous always-true `if`. */
function expressionOf(text: string): string {
  const segments = splitTemplate(text);
  const only = segments[0];
  if (segments.length === 1 && only !== undefined && "expression" in only) return only.expression;
  const args: string[] = [];
  const format = segments
    .map((segment) => {
      if ("expression" in segment) return `{${args.push(segment.expression) - 1}}`;
      return segment.literal.replaceAll("'", "''").replaceAll("{", "{{").replaceAll("}", "}}");
    })
    .join("");
  return `format('${format}', ${args.join(", ")})`;
}

/** Splits at `${{` and `}}`; quotes inside an expression may hold both. */
export function splitTemplate(text: string): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf("${{", at);
    if (start < 0) break;
    if (start > at) segments.push({ literal: text.slice(at, start) });
    const end = closingOf(text, start + 3);
    const expression = text.slice(start + 3, end).trim();
    if (expression === "") throw new Error("An expression was expected");
    segments.push({ expression });
    at = end + 2;
  }
  if (at < text.length) segments.push({ literal: text.slice(at) });
  return segments;
}

function closingOf(text: string, from: number): number {
  let in_string = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") in_string = !in_string;
    else if (!in_string && text[at] === "}" && text[at + 1] === "}") return at;
  }
  throw new Error(
    "The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.",
  );
}
