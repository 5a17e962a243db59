import { isMap, isScalar, isSeq, type Node } from "yaml";
import { parseSource, type Source } from "../file/source.ts";
import { dashOf, endOfLine, endOfNode, endOfPair, hasAliases, startOfLine } from "./splice.ts";

type Range = readonly [start: number, end: number];

/** Moves an entry of a mapping to the place of another one; its comments come along, what stands between the entries stays. */
export function moveEntry(source: Source, map: unknown, key: string, to_place_of: string): string | undefined {
  if (!isMap(map)) return undefined;
  const ranges = map.items.map((pair): Range => [(pair.key as Node).range?.[0] ?? 0, endOfPair(source, pair)]);
  const indexOf = (name: string) =>
    map.items.findIndex((pair) => isScalar(pair.key) && String(pair.key.value) === name);
  return moveRange(source, map.flow === true, ranges, indexOf(key), indexOf(to_place_of));
}

/** The same for an item of a list. */
export function moveItem(source: Source, list: unknown, from: number, to: number): string | undefined {
  if (!isSeq(list)) return undefined;
  const start = (item: Node) => (list.flow === true ? (item.range?.[0] ?? 0) : dashOf(source, item));
  const ranges = (list.items as Node[]).map((item): Range => [start(item), endOfNode(source, item)]);
  return moveRange(source, list.flow === true, ranges, from, to);
}

function moveRange(
  source: Source,
  flow: boolean,
  ranges: readonly Range[],
  from: number,
  to: number,
): string | undefined {
  if (hasAliases(source) || ranges[from] === undefined || ranges[to] === undefined) return undefined;
  if (from === to) return source.text;
  const stretches = ranges.flatMap((range, index) => {
    const stretch = flow ? range : withComments(source.text, range, ranges[index - 1]);
    return stretch === undefined ? [] : [stretch];
  });
  if (stretches.length < ranges.length) return undefined;
  const texts = stretches.map(([start, end]) => source.text.slice(start, end));
  const moved = texts.toSpliced(from, 1).toSpliced(to, 0, texts[from]!);
  let result = "";
  let done = 0;
  for (const [index, [start, end]] of stretches.entries()) {
    result += source.text.slice(done, start) + moved[index];
    done = end;
  }
  result += source.text.slice(done);
  return sameParts(source.text, result) ? result : undefined;
}

/** The lines of an entry with the comments right above it; undefined where it shares its line with something else. */
function withComments(text: string, [start, end]: Range, before: Range | undefined): Range | undefined {
  let from = startOfLine(text, start);
  if (text.slice(from, start).trim() !== "") return undefined;
  const floor = before === undefined ? 0 : endOfLine(text, before[1]);
  while (from > floor) {
    const above = startOfLine(text, from - 1);
    if (above < floor || !/^[ \t]*#/.test(text.slice(above, from))) break;
    from = above;
  }
  return [from, endOfLine(text, end)];
}

/** A comment that comes to stand behind a script of the same depth would become a part of it: then the move is refused. */
function sameParts(before: string, after: string): boolean {
  const { document } = parseSource(after);
  return document.errors.length === 0 && partsOf(parseSource(before).document) === partsOf(document);
}

function partsOf(document: Source["document"]): string {
  return JSON.stringify(sorted(document.toJS()));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(sorted(item))).toSorted();
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .map(([key, item]) => JSON.stringify([key, sorted(item)]))
    .toSorted();
}
