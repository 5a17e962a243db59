import type { Edit } from "@infraskill/contracts/diagnostic";
import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  stringify,
  visit,
  type YAMLMap,
} from "yaml";
import { placeAt, type Source } from "../file/source.ts";

// Edits of a YAML text as replacements of ranges: what is not named in an edit keeps every byte, comments and line ends included.

/** A value to be written: what `JSON.stringify` takes, or a node that says how it is to be quoted. */
export type Written = unknown;

/** `text` with the edits made. They must not overlap; insertions at the same place keep their order. Columns past a line's end mean its end. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const starts = lineStarts(text);
  const ranges = edits.map((edit, index) => ({
    index,
    text: edit.text,
    from: offsetOf(text, starts, edit.line, edit.column),
    to: offsetOf(text, starts, edit.end_line, edit.end_column),
  }));
  ranges.sort((a, b) => a.from - b.from || a.to - b.to || a.index - b.index);
  let result = "";
  let done = 0;
  for (const range of ranges) {
    if (range.from < done) throw new RangeError("Edits overlap");
    result += text.slice(done, range.from) + range.text;
    done = range.to;
  }
  return result + text.slice(done);
}

/** Whether two edits change the same place, so that one of them has to wait for a second look at the text. */
export function editsTouch(a: Edit, b: Edit): boolean {
  const before = (x: Edit, y: Edit) => x.end_line < y.line || (x.end_line === y.line && x.end_column < y.column);
  return !before(a, b) && !before(b, a);
}

export function replaceRange(source: Source, start: number, end: number, text: string): Edit {
  const { line, column, end_line, end_column } = placeAt(source, start, end);
  return { line, column, end_line, end_column, text };
}

/** Replaces a scalar (or any node on one line) by a value. */
export function replaceValue(source: Source, node: Node, value: Written): Edit | undefined {
  if (node.range === undefined || node.range === null) return undefined;
  return replaceRange(source, node.range[0], trimmedEnd(source.text, node.range[0], node.range[1]), flow(value));
}

/**
 * Adds `key: value` to a mapping: after the entry `after`, or where that is missing at the end. `undefined` where an edit could change something else:
 * in documents with aliases, and in mappings that are no mappings.
 */
export function addEntry(source: Source, map: unknown, key: string, value: Written, after?: string): Edit | undefined {
  if (!isMap(map) || hasAliases(source) || map.range === undefined || map.range === null) return undefined;
  if (map.flow === true) return addToFlow(source, map, key, value);
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === after) ?? map.items.at(-1);
  const first = map.items[0]?.key;
  if (pair === undefined || !isScalar(first) || first.range === undefined || first.range === null) return undefined;
  return addBelow(source, endOfPair(source, pair), block({ [key]: value }, columnOf(source, first.range[0])));
}

/** Gives the entry `key: ` another value, a mapping or list: on the lines below, or within braces like what is around it. */
export function replaceByBlock(source: Source, pair: Pair, value: Written): Edit | undefined {
  if (hasAliases(source) || !isScalar(pair.key) || pair.key.range === undefined || pair.key.range === null)
    return undefined;
  const colon = source.text.indexOf(":", pair.key.range[1]);
  const node = pair.value as Node | null;
  const lines = block(value, columnOf(source, pair.key.range[0]) + 2);
  const range = node?.range;
  if (isInFlow(source, pair)) return replaceRange(source, colon + 1, endOfPair(source, pair), ` ${flow(value)}`);
  if (node === null || range === undefined || range === null || range[1] <= range[0])
    return addBelow(source, colon + 1, lines);
  // A comment behind the key stays there.
  const comment = /^[ \t]+#[^\r\n]*/.exec(source.text.slice(colon + 1, range[0]))?.[0].length ?? 0;
  return replaceRange(
    source,
    colon + 1 + comment,
    endOfNode(source, node),
    lineBreak(source) + indented(lines, source),
  );
}

/** Writes an entry of a block mapping anew, whatever its value was. */
export function replaceEntry(source: Source, pair: Pair, value: Written): Edit | undefined {
  const start = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
  if (hasAliases(source) || start === undefined || !isScalar(pair.key)) return undefined;
  const lines = block({ [String(pair.key.value)]: value }, columnOf(source, start));
  return replaceRange(source, start, endOfPair(source, pair), indented(lines, source).trimStart());
}

/** Takes an entry's value away. */
export function emptyEntry(source: Source, pair: Pair): Edit | undefined {
  const end = isScalar(pair.key) ? pair.key.range?.[1] : undefined;
  if (hasAliases(source) || end === undefined) return undefined;
  return replaceRange(source, source.text.indexOf(":", end) + 1, endOfPair(source, pair), " {}");
}

/** Removes an entry with its lines. `undefined` for the only entry of a mapping, and in documents with aliases. */
export function removeEntry(source: Source, map: unknown, key: string): Edit | undefined {
  if (!isMap(map) || hasAliases(source) || map.items.length < 2) return undefined;
  const index = map.items.findIndex((item) => isScalar(item.key) && String(item.key.value) === key);
  const pair = map.items[index];
  if (pair === undefined || !isScalar(pair.key) || pair.key.range === undefined || pair.key.range === null)
    return undefined;
  const start = pair.key.range[0];
  if (map.flow === true) return removeFromFlow(source, map, index);
  const end = endOfPair(source, pair);
  const { text } = source;
  const lineStart = startOfLine(text, start);
  // The first entry of a list's item shares its line with the dash: what follows moves up to it.
  if (text.slice(lineStart, start).trim() !== "") {
    const next = map.items[index + 1]?.key;
    if (!isScalar(next) || next.range === undefined || next.range === null) return undefined;
    return replaceRange(source, start, next.range[0], "");
  }
  return removeLines(source, lineStart, end);
}

/** Removes an item of a list with its lines. `undefined` for the only item, and in documents with aliases. */
export function removeItem(source: Source, list: unknown, index: number): Edit | undefined {
  if (!isSeq(list) || hasAliases(source) || list.items.length < 2) return undefined;
  const item = list.items[index] as Node | undefined;
  const start = item?.range?.[0];
  if (item === undefined || start === undefined) return undefined;
  if (list.flow === true) {
    const next = (list.items[index + 1] as Node | undefined)?.range?.[0];
    if (next !== undefined) return replaceRange(source, start, next, "");
    const before = list.items[index - 1] as Node;
    return replaceRange(source, endOfNode(source, before), endOfNode(source, item), "");
  }
  const lineStart = startOfLine(source.text, dashOf(source, item));
  if (source.text.slice(lineStart, dashOf(source, item)).trim() !== "") return undefined;
  return removeLines(source, lineStart, endOfNode(source, item));
}

/** Adds an item to the end of a list. */
export function addItem(source: Source, list: unknown, value: Written): Edit | undefined {
  if (!isSeq(list) || hasAliases(source) || list.range === undefined || list.range === null) return undefined;
  if (list.flow === true) {
    const before = list.items.at(-1) as Node | undefined;
    // Behind the last item, not in front of the bracket: that may stand on a line of its own, where no item may begin.
    const at = before === undefined ? list.range[0] + 1 : endOfNode(source, before);
    return replaceRange(source, at, at, `${before === undefined ? "" : ", "}${flow(value)}`);
  }
  const last = list.items.at(-1) as Node | undefined;
  if (last === undefined || last.range === undefined || last.range === null) return undefined;
  return addBelow(source, endOfNode(source, last), block([value], columnOf(source, list.range[0])));
}

/** Inserts lines before the line on which `offset` stands. */
export function addAbove(source: Source, offset: number, lines: string[]): Edit {
  const line = startOfLine(source.text, offset);
  // A byte order mark stays the first character.
  const start = line === 0 && source.text.startsWith("\u{feff}") ? 1 : line;
  return replaceRange(source, start, start, indented(lines, source) + lineBreak(source));
}

/** The lines of a value at an indentation (in columns from 0). */
export function block(value: Written, indent: number): string[] {
  const text = stringify(value, {
    aliasDuplicateObjects: false,
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  const lines = text.replace(/\n$/, "").split("\n");
  return lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line));
}

const aliases = new WeakMap<Source, boolean>();

/** An edit of what an alias stands for would change another place as well. */
export function hasAliases(source: Source): boolean {
  let found = aliases.get(source);
  if (found === undefined) {
    found = false;
    visit(source.document, {
      Alias() {
        found = true;
        return visit.BREAK;
      },
    });
    aliases.set(source, found);
  }
  return found;
}

const pairsInFlow = new WeakMap<Source, ReadonlySet<Pair>>();

/** Whether an entry stands within braces or brackets, where no lines of a block may. */
function isInFlow(source: Source, pair: Pair): boolean {
  let found = pairsInFlow.get(source);
  if (found === undefined) {
    const pairs = new Set<Pair>();
    visit(source.document, {
      Pair(_, inner, path) {
        if (path.some((outer) => isCollection(outer) && outer.flow === true)) pairs.add(inner);
      },
    });
    pairsInFlow.set(source, (found = pairs));
  }
  return found.has(pair);
}

function addBelow(source: Source, end: number, lines: string[]): Edit {
  const { text } = source;
  const at = endOfLine(text, end);
  return replaceRange(source, at, at, lineBreak(source) + indented(lines, source));
}

function addToFlow(source: Source, map: YAMLMap, key: string, value: Written): Edit | undefined {
  const [start, end] = map.range!;
  const entry = `${flow(key)}: ${flow(value)}`;
  if (map.items.length === 0) return replaceRange(source, start, end, `{ ${entry} }`);
  const last = map.items.at(-1)!;
  const at = endOfPair(source, last);
  return replaceRange(source, at, at, `, ${entry}`);
}

function removeFromFlow(source: Source, map: YAMLMap, index: number): Edit | undefined {
  const start = (item: Pair | undefined) => (isPair(item) && isScalar(item.key) ? item.key.range?.[0] : undefined);
  const here = start(map.items[index]);
  const next = start(map.items[index + 1]);
  if (here === undefined) return undefined;
  if (next !== undefined) return replaceRange(source, here, next, "");
  const end = endOfPair(source, map.items[index]!);
  return replaceRange(source, endOfPair(source, map.items[index - 1]!), end, "");
}

/** The value on one line; what has line ends in it is written as JSON, which YAML reads as it is. */
function flow(value: Written): string {
  const options = { collectionStyle: "flow", aliasDuplicateObjects: false, lineWidth: 0 } as const;
  const text = stringify(value, options).replace(/\n$/, "");
  return text.includes("\n") ? JSON.stringify(new Document(value).toJS()) : text;
}

/** The lines from `start`, where one begins, to the end of that on which `end` stands. */
function removeLines(source: Source, start: number, end: number): Edit {
  const { text } = source;
  const lineEnd = endOfLine(text, end);
  return lineEnd < text.length
    ? replaceRange(source, start, text.indexOf("\n", lineEnd) + 1, "")
    : replaceRange(source, Math.max(0, start - lineBreak(source).length), text.length, "");
}

/** Where the dash of a block list's item stands. */
export function dashOf(source: Source, item: Node): number {
  return source.text.lastIndexOf("-", (item.range?.[0] ?? 0) - 1);
}

export function endOfPair(source: Source, pair: Pair): number {
  const value = pair.value as Node | null;
  const key = pair.key as Node;
  if (
    value !== null &&
    !isAlias(value) &&
    value.range !== undefined &&
    value.range !== null &&
    value.range[1] > value.range[0]
  ) {
    return endOfNode(source, value);
  }
  return Math.max(source.text.indexOf(":", key.range?.[1] ?? 0) + 1, key.range?.[1] ?? 0);
}

/** Where the last character of a node stands, without the blank lines and comments after it. */
export function endOfNode(source: Source, node: Node): number {
  const [start, end] = node.range!;
  if (isMap(node) && node.flow !== true && node.items.length > 0) return endOfPair(source, node.items.at(-1)!);
  if (isSeq(node) && node.flow !== true && node.items.length > 0) {
    const last = node.items.at(-1) as Node | null;
    return last?.range === undefined || last.range === null
      ? trimmedEnd(source.text, start, end)
      : Math.max(endOfNode(source, last), start + 1);
  }
  // The blank lines at the end of a block that keeps them (|+) belong to it.
  if (/^[|>]\d?\+/.test(source.text.slice(start, start + 3))) return Math.max(start, end - 1);
  return trimmedEnd(source.text, start, end);
}

function trimmedEnd(text: string, start: number, end: number): number {
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return end;
}

export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}

/** The column from 0; a byte order mark takes none. */
function columnOf(source: Source, offset: number): number {
  const { line, column } = placeAt(source, offset, offset);
  return column - (line === 1 && source.text.startsWith("\u{feff}") ? 2 : 1);
}

function lineBreak({ text }: Source): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function indented(lines: string[], source: Source): string {
  return lines.join(lineBreak(source));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

function offsetOf(text: string, starts: readonly number[], line: number, column: number): number {
  const start = starts[Math.min(line, starts.length) - 1] ?? text.length;
  const end = line < starts.length ? starts[line]! - 1 : text.length;
  return Math.min(start + column - 1, end);
}
