import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  stringify,
  type YAMLMap,
} from "yaml";

/**
 * Changes of a YAML text that leave every byte alone which they are not about: comments, order, quotes, indentation elsewhere stay. Setting what
 * is already there gives back the same text.
 */
export type Path = readonly (string | number)[];

type JsonMap = Readonly<Record<string, unknown>>;

/** Sets the value at `path`; missing maps on the way are made. Maps are compared key by key, so that only what differs is written anew. */
export function setIn(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text);
  const node = document.getIn(path, true);
  if (node !== undefined && node !== null && !isAlias(node)) {
    const old = (node as Node).toJS(document) as unknown;
    if (same(old, value)) return text;
    if (isMap(node) && !node.flow && isJsonMap(value) && isJsonMap(old) && keepsOrder(old, value)) {
      return setKeys(text, path, old, value);
    }
  }
  return writePair(text, path, value);
}

/** Removes the entry or item at `path`; nothing happens when there is none. */
export function deleteIn(text: string, path: Path): string {
  const document = parseDocument(text);
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isMap(parent)) {
    const index = parent.items.findIndex((pair) => keyOf(pair) === key);
    if (index < 0) return text;
    if (parent.items.length === 1 || parent.flow === true) {
      const rest = { ...(parent.toJS(document) as Record<string, unknown>) };
      delete rest[String(key)];
      return writePair(text, path.slice(0, -1), rest);
    }
    return cutLines(
      text,
      startOf(parent.items[index]!.key),
      endOf(parent.items[index]!.value ?? parent.items[index]!.key),
    );
  }
  if (isSeq(parent) && typeof key === "number") {
    const item = parent.items[key] as Node | undefined;
    if (item === undefined) return text;
    if (parent.items.length === 1 || parent.flow === true) {
      return writePair(text, path.slice(0, -1), (parent.toJS(document) as unknown[]).toSpliced(key, 1));
    }
    return cutLines(text, dashBefore(text, item), endOf(item));
  }
  return text;
}

/** Adds an item at the end of the list at `path`, making the list when there is none. */
export function appendIn(text: string, path: Path, value: unknown): string {
  const document = parseDocument(text);
  const list = document.getIn(path, true);
  if (!isSeq(list) || list.flow === true || list.items.length === 0) {
    const old = isSeq(list) ? (list.toJS(document) as unknown[]) : [];
    return writePair(text, path, [...old, value]);
  }
  const indent = columnOf(text, dashBefore(text, list.items[0] as Node));
  return insertLines(text, lineAfter(text, endOf(list.items.at(-1))), indentLines(render([value]), indent));
}

/** Replaces an item of the list at `path`. */
export function replaceItem(text: string, path: Path, index: number, value: unknown): string {
  const list = parseDocument(text).getIn(path, true);
  const item = isSeq(list) ? (list.items[index] as Node | undefined) : undefined;
  if (item === undefined) return text;
  const start = dashBefore(text, item);
  return replaceBlock(text, start, endOf(item), indentLines(render([value]), columnOf(text, start)));
}

function setKeys(text: string, path: Path, old: JsonMap, value: JsonMap): string {
  let result = text;
  for (const key of Object.keys(old)) if (!Object.hasOwn(value, key)) result = deleteIn(result, [...path, key]);
  for (const [key, item] of Object.entries(value)) result = setIn(result, [...path, key], item);
  return result;
}

/** Writes `key: value` in place of what is there, or at the end of the parent's map. */
function writePair(text: string, path: Path, value: unknown): string {
  if (path.length === 0) return render(value);
  const document = parseDocument(text);
  const parentPath = path.slice(0, -1);
  const key = path.at(-1)!;
  const parent = (parentPath.length === 0 ? document.contents : document.getIn(parentPath, true)) as Node | undefined;
  if (typeof key === "number") return replaceItem(text, parentPath, key, value);
  if (!isMap(parent) || parent.flow === true || parent.items.length === 0) {
    const old = isMap(parent) ? (parent.toJS(document) as JsonMap) : {};
    return writePair(text, parentPath, { ...old, [key]: value });
  }
  const indent = columnOf(text, startOf(parent.items[0]!.key));
  const pair = parent.items.find((item) => keyOf(item) === key);
  const lines = indentLines(render({ [key]: value }), indent);
  if (pair === undefined) return insertLines(text, lineAfter(text, endOf(lastOf(parent))), lines);
  return replaceBlock(text, startOf(pair.key), endOf(pair.value ?? pair.key), lines);
}

function lastOf(map: YAMLMap): Node {
  const pair = map.items.at(-1)!;
  return ((pair.value as Node | null) ?? pair.key) as Node;
}

/** `lines` come indented and with a newline at the end; the start of the block keeps its own place in its line. */
function replaceBlock(text: string, start: number, end: number, lines: string): string {
  const block = lines.trimStart();
  const endsLine = text[end - 1] === "\n";
  return text.slice(0, start) + (endsLine ? block : block.replace(/\n$/, "")) + text.slice(end);
}

function insertLines(text: string, at: number, lines: string): string {
  const before = text.slice(0, at);
  return `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${lines}${text.slice(at)}`;
}

function cutLines(text: string, start: number, end: number): string {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  return text.slice(0, from) + text.slice(lineAfter(text, end));
}

/** Where the line after `offset` begins. */
function lineAfter(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}

function startOf(node: unknown): number {
  return (node as Node).range?.[0] ?? 0;
}

/** The end of a node without the comments that follow it. */
function endOf(node: unknown): number {
  if (isCollection(node) && !node.flow && node.items.length > 0) {
    const last = node.items.at(-1) as Node | Pair;
    return endOf("key" in last ? (last.value ?? last.key) : last);
  }
  return (node as Node).range?.[1] ?? 0;
}

/** The `-` that an item of a block list stands behind. */
function dashBefore(text: string, item: Node): number {
  return text.lastIndexOf("-", startOf(item) - 1);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf("\n", offset - 1) + 1);
}

function keyOf(pair: Pair): unknown {
  return isScalar(pair.key) ? pair.key.value : pair.key;
}

function render(value: unknown): string {
  return stringify(value, { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}

function indentLines(lines: string, indent: number): string {
  return lines.replaceAll(/^(?=.)/gm, " ".repeat(indent));
}

function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the keys that stay keep their order and new ones come last; otherwise the map is written anew. */
function keepsOrder(old: JsonMap, value: JsonMap): boolean {
  const kept = Object.keys(old).filter((key) => Object.hasOwn(value, key));
  const next = Object.keys(value);
  return kept.length > 0 && kept.every((key, index) => next[index] === key);
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isJsonMap(a) || !isJsonMap(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key, index) => Object.keys(b)[index] === key && Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}
