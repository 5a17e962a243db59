import { expect, it } from "vitest";
import { countLines, sliceLines } from "./lines.ts";

it.each([
  ["", 0],
  ["\n", 1],
  ["a", 1],
  ["a\n", 1],
  ["a\n\nb", 3],
  ["a\n\nb\n", 3],
])("counts the lines of %j", (text, lines) => {
  expect(countLines(text)).toBe(lines);
});

it.each([
  [0, undefined, "a\n\nb"],
  [0, 2, "a\n\n"],
  [1, 1, "\n"],
  [2, 9, "b"],
  [3, 1, ""],
  [9, undefined, ""],
])("skips %j lines and takes %j", (after, limit, slice) => {
  expect(sliceLines("a\n\nb", after, limit)).toBe(slice);
});
