import {
  Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, type Node, type Pair, Parser, Scalar,
  YAMLParseError, type YAMLMap,
} from "yaml"; // prettier-ignore

/** A stretch of the text: offsets in UTF-16 units, lines and columns from 1, ends exclusive. */
export type Place = {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
};

export type Located<T> = { readonly value: T; readonly place: Place; readonly node: Node };

/** A text with its YAML document. Comments, order and every token keep their place. */
export type Source = {
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
};

/**
 * Parses what `checkSafety` has let through. YAML errors stand in `document.errors`.
 *
 * @param tokens those of the text, where the lexer has read it already
 */
export function parseSource(text: string, tokens: Iterable<string> = new Lexer().lex(text)): Source {
  const lines = new LineCounter();
  lines.addNewLine(0);
  // Duplicate keys are found in linear time by safety.ts; the parser compares every pair.
  const composer = new Composer({ keepSourceTokens: true, uniqueKeys: false, stringKeys: false });
  const [document, second] = composer.compose(parsed(tokens, lines), true, text.length);
  const [from, to] = second?.range ?? [];
  if (from !== undefined) document!.errors.push(new YAMLParseError([from, to!], "MULTIPLE_DOCS", "Several documents"));
  return { text, document: document!, lines };
}

function* parsed(tokens: Iterable<string>, lines: LineCounter) {
  const parser = new Parser(lines.addNewLine);
  for (const token of tokens) yield* parser.next(token);
  yield* parser.end();
}

/** Where each line of a text begins. */
export function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) lines.addNewLine(i + 1);
  return lines;
}

export function placeAt(source: Source, start: number, end: number): Place {
  const from = source.lines.linePos(start);
  const to = source.lines.linePos(end);
  return {
    start,
    end,
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    end_line: Math.max(1, to.line),
    end_column: Math.max(1, to.col),
  };
}

export function placeOf(source: Source, node: Node): Place {
  const [start, end] = node.range ?? [0, 0];
  return placeAt(source, start, end);
}

/** The node an alias stands for; any other node is itself. */
export function deref(source: Source, node: unknown): unknown {
  return isAlias(node) ? node.resolve(source.document) : node;
}

export type Entry = { readonly key: Located<string>; readonly value: unknown };

/** The entries of a mapping; none when the node is something else. Keys that are not scalars are left out. */
export function entriesOf(source: Source, node: unknown): Entry[] {
  return mapOf(source, node)?.items.flatMap((pair) => entryOf(source, pair) ?? []) ?? [];
}

export function entry(source: Source, node: unknown, key: string): Entry | undefined {
  const pair = pairOf(source, node, key);
  return pair === undefined ? undefined : entryOf(source, pair);
}

function entryOf(source: Source, { key, value }: Pair): Entry | undefined {
  if (!isScalar(key)) return undefined;
  return { key: { value: String(key.value), place: placeOf(source, key), node: key }, value };
}

/** The pair itself, for edits. */
export function pairOf(source: Source, node: unknown, key: string): Pair | undefined {
  return mapOf(source, node)?.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

export function itemsOf(source: Source, node: unknown): unknown[] {
  const list = deref(source, node);
  return isSeq(list) ? list.items : [];
}

export function mapOf(source: Source, node: unknown): YAMLMap | undefined {
  const map = deref(source, node);
  return isMap(map) ? map : undefined;
}

export type ScalarValue = string | number | boolean | null;

export function scalarOf(source: Source, node: unknown): Located<ScalarValue> | undefined {
  const scalar = deref(source, node);
  if (!isScalar(scalar)) return undefined;
  const { value } = scalar;
  const plain = typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null;
  return { value: plain ? value : (scalar.source ?? ""), place: placeOf(source, scalar), node: scalar };
}

/** A scalar as text, the way GitHub reads it where it wants a string. */
export function textOf(source: Source, node: unknown): Located<string> | undefined {
  const scalar = scalarOf(source, node);
  if (scalar === undefined || scalar.value === null) return undefined;
  return { ...scalar, value: String(scalar.value) };
}

/** `a` or `[a, b]` as a list. */
export function textsOf(source: Source, node: unknown): Located<string>[] {
  const single = textOf(source, node);
  if (single !== undefined) return [single];
  return itemsOf(source, node).flatMap((item) => textOf(source, item) ?? []);
}

export function isBlockScalar(node: Node): boolean {
  return isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
}
