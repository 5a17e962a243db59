import * as data from "@actions/expressions/data/index";
import { objectOf } from "../schema/json.ts";

/** JSON as GitHub's evaluator computes with it. */
export function toExpressionData(value: unknown): data.ExpressionData {
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (typeof value !== "object" || value === null) return new data.Null();
  if (Array.isArray(value)) {
    const array = new data.Array();
    for (const item of value) array.add(toExpressionData(item));
    return array;
  }
  const dictionary = new SafeDictionary();
  for (const [key, item] of Object.entries(value)) dictionary.add(key, toExpressionData(item));
  return dictionary;
}

/** The JSON value of what an expression came to. */
export function fromExpressionData(value: data.ExpressionData): unknown {
  switch (value.kind) {
    case data.Kind.Null:
      return null;
    case data.Kind.Array:
      return value.values().map(fromExpressionData);
    case data.Kind.Dictionary:
      return objectOf(value.pairs().map((pair) => [pair.key, fromExpressionData(pair.value)] as const));
    default:
      return value.value;
  }
}

/** The package keeps keys in a plain object, where `constructor` and `__proto__` are found although nobody set them. */
class SafeDictionary extends data.Dictionary {
  readonly #pairs = new Map<string, { key: string; value: data.ExpressionData }>();
  override add(key: string, value: data.ExpressionData): void {
    if (!this.#pairs.has(key.toLowerCase())) this.#pairs.set(key.toLowerCase(), { key, value });
  }
  override get(key: string): data.ExpressionData | undefined {
    return this.#pairs.get(key.toLowerCase())?.value;
  }
  override values(): data.ExpressionData[] {
    return this.pairs().map((pair) => pair.value);
  }
  override pairs(): { key: string; value: data.ExpressionData }[] {
    return [...this.#pairs.values()];
  }
}
