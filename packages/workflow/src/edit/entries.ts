import type { Edit } from "@infraskill/contracts/diagnostic";
import { isMap, isScalar, type Node, Scalar } from "yaml";
import { readSkillFile, type SkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import {
  addEntry, applyEdits, emptyEntry, removeEntry, replaceByBlock, replaceEntry, replaceValue, type Written,
} from "./splice.ts"; // prettier-ignore

// Edits of a skill file keep every byte they do not have to change: comments, order, quoting and line ends stay as their author wrote them.
// Each answers the new text, or `undefined` where the document has no place for the change (it does not parse, or uses aliases there).

/** Gives a mapping exactly the entries wanted among the keys named; a new one stands behind those that come before it in `order`. */
export function setEntries(
  text: string,
  wanted: Readonly<Record<string, Written>>,
  keys: readonly string[],
  find: (file: SkillFile) => unknown,
  order: readonly string[] = keys,
): string | undefined {
  let next: string | undefined = text;
  for (const key of keys) {
    const value = wanted[key];
    next = andThen(next, (now) => {
      const file = readSkillFile(now);
      const has = (name: string) => pairOf(file.source, find(file), name) !== undefined;
      if (value !== undefined) return setEntry(now, find, key, value, order.slice(0, order.indexOf(key)).findLast(has));
      return has(key) ? made(now, removeEntry(file.source, find(file), key)) : now;
    });
  }
  return next;
}

/** Sets one entry of a mapping; a new one stands behind the entry `after`. */
export function setEntry(
  text: string,
  find: (file: SkillFile) => unknown,
  key: string,
  value: Written,
  after?: string,
): string | undefined {
  const file = readSkillFile(text);
  const { source } = file;
  const map = find(file);
  const pair = pairOf(source, map, key);
  if (pair === undefined) return made(text, addEntry(source, map, key, value, after));
  const inline = isMap(map) && map.flow === true;
  if (isScalar(pair.value) && (typeof value !== "object" || isScalar(value))) {
    const now = isScalar(value) ? value.value : value;
    if (pair.value.value === now) return text;
    const hasLines = isScalar(value) && value.type === Scalar.BLOCK_LITERAL;
    return made(
      text,
      hasLines && !inline ? replaceEntry(source, pair, value) : replaceValue(source, pair.value, value),
    );
  }
  if (JSON.stringify(pair.value) === JSON.stringify(value)) return text;
  const empty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return made(
    text,
    (empty || inline) && pair.value !== null
      ? replaceValue(source, pair.value as Node, value)
      : replaceByBlock(source, pair, value),
  );
}

/** Removes `key` from the mapping that stands as `name` in another one; when it was the only entry, the mapping goes as well. */
export function takeEntry(
  text: string,
  find: (file: SkillFile) => unknown,
  name: string,
  key: string,
): string | undefined {
  const file = readSkillFile(text);
  const parent = find(file);
  const pair = pairOf(file.source, parent, name);
  if (!isMap(pair?.value) || pairOf(file.source, pair.value, key) === undefined) return text;
  if (pair.value.items.length > 1) return made(text, removeEntry(file.source, pair.value, key));
  return made(text, removeEntry(file.source, parent, name) ?? emptyEntry(file.source, pair));
}

/** A text quoted the way the scalar before it was. */
export function likeBefore(node: unknown, text: string): Scalar<string> {
  const scalar = new Scalar(text);
  const type = isScalar(node) ? node.type : undefined;
  if (type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE || type === Scalar.PLAIN) scalar.type = type;
  return scalar;
}

export function made(text: string, edit: Edit | undefined): string | undefined {
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

export function andThen(text: string | undefined, next: (text: string) => string | undefined): string | undefined {
  return text === undefined ? undefined : next(text);
}
