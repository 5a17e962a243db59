import { expect, it } from "vitest";
import { readCommand } from "./command.ts";

it.each([
  ["::group::Build", { name: "group", properties: {}, data: "Build" }],
  [
    "  ::warning file=a.js,line=3,title=A%3A%2C B::text%0Amore",
    { name: "warning", properties: { file: "a.js", line: "3", title: "A:, B" }, data: "text\nmore" },
  ],
  ["::set-output name=x::1::2", { name: "set-output", properties: { name: "x" }, data: "1::2" }],
  ["::error::%25done", { name: "error", properties: {}, data: "%done" }],
  ["::unknown::x", undefined],
  ["text ::group::x", undefined],
  ["::group", undefined],
])("%s", (line, expected) => {
  expect(readCommand(line)).toEqual(expected);
});
