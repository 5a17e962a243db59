import * as data from "@actions/expressions/data/index";

type Options = { readonly case_sensitive?: boolean };

const converted = new WeakMap<object, data.Dictionary | data.Array>();

/**
 * Turns JSON into what the evaluator computes with. Objects and arrays are converted once and remembered by identity,
 * so what is handed in must not be changed afterwards.
 */
export function toData(value: unknown, options: Options = {}): data.Dictionary | data.Array | Scalar {
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (typeof value !== "object" || value === null) return new data.Null();
  const known = converted.get(value);
  if (known !== undefined) return known;
  const result = Array.isArray(value) ? arrayOf(value) : dictionaryOf(value, options.case_sensitive === true);
  converted.set(value, result);
  return result;
}

/** The JSON value of a piece of evaluated data. */
export function fromData(value: data.ExpressionData): unknown {
  if (value.kind === data.Kind.Null) return null;
  if (value.kind === data.Kind.Array) return value.values().map(fromData);
  if (value.kind === data.Kind.Dictionary) {
    return Object.fromEntries(value.pairs().map((pair) => [pair.key, fromData(pair.value)]));
  }
  return value.value;
}

/** `toJSON()`: two blanks of indentation, keys in the order they were written. */
export function stringify(value: data.ExpressionData, indent = ""): string {
  const inner = `${indent}  `;
  if (value.kind === data.Kind.Array) {
    const items = value.values().map((item) => inner + stringify(item, inner));
    return items.length === 0 ? "[]" : `[\n${items.join(",\n")}\n${indent}]`;
  }
  if (value.kind === data.Kind.Dictionary) {
    const items = value.pairs().map((pair) => `${inner}${JSON.stringify(pair.key)}: ${stringify(pair.value, inner)}`);
    return items.length === 0 ? "{}" : `{\n${items.join(",\n")}\n${indent}}`;
  }
  return JSON.stringify(fromData(value));
}

type Scalar = data.StringData | data.NumberData | data.BooleanData | data.Null;

/**
 * The package's dictionary keeps its keys in a plain object, so that `constructor` and `__proto__` get lost; and the
 * `env` context tells `Path` from `PATH` on Linux.
 */
class KeyedDictionary extends data.Dictionary {
  readonly #pairs = new Map<string, { key: string; value: data.ExpressionData }>();
  readonly #case_sensitive: boolean;
  constructor(case_sensitive: boolean) {
    super();
    this.#case_sensitive = case_sensitive;
  }
  override add(key: string, value: data.ExpressionData): void {
    if (!this.#pairs.has(this.#fold(key))) this.#pairs.set(this.#fold(key), { key, value });
  }
  override get(key: string): data.ExpressionData | undefined {
    return this.#pairs.get(this.#fold(key))?.value;
  }
  override values(): data.ExpressionData[] {
    return this.pairs().map((pair) => pair.value);
  }
  override pairs(): { key: string; value: data.ExpressionData }[] {
    return [...this.#pairs.values()];
  }
  #fold(key: string): string {
    return this.#case_sensitive ? key : key.toLowerCase();
  }
}

function arrayOf(items: readonly unknown[]): data.Array {
  const array = new data.Array();
  for (const item of items) array.add(toData(item));
  return array;
}

function dictionaryOf(object: object, case_sensitive: boolean): data.Dictionary {
  const dictionary = new KeyedDictionary(case_sensitive);
  for (const [key, value] of Object.entries(object)) if (value !== undefined) dictionary.add(key, toData(value));
  return dictionary;
}
