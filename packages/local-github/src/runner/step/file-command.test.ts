import { expect, it } from "vitest";
import { readKeyValues, readPaths } from "./file-command.ts";

it.each([
  [
    "a=1\nb=x=y\n",
    [
      ["a", "1"],
      ["b", "x=y"],
    ],
  ],
  [
    "a<<EOF\none\n\ntwo=2\nEOF\nb=3",
    [
      ["a", "one\n\ntwo=2"],
      ["b", "3"],
    ],
  ],
  ["a=b<<c\r\n", [["a", "b<<c"]]],
  ["empty=\n\n", [["empty", ""]]],
])("reads %j", (text, expected) => {
  expect(readKeyValues(text)).toEqual(expected);
});

it.each([
  ["nonsense", "Invalid format 'nonsense'"],
  ["=x", "Name must not be empty"],
  ["a<<EOF\nno end", "Matching delimiter not found 'EOF'"],
])("refuses %j", (text, message) => {
  expect(() => readKeyValues(text)).toThrow(message);
});

it("reads a folder per line", () => {
  expect(readPaths("/a\n\n/b\n")).toEqual(["/a", "/b"]);
});
