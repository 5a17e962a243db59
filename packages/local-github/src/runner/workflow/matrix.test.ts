import { expect, it } from "vitest";
import { cellSuffix, expandStrategy } from "./matrix.ts";

// The cases of GitHub's documentation of jobs.<job_id>.strategy.matrix.
it("adds includes to the cells they fit and makes cells of the others", () => {
  const matrix = {
    fruit: ["apple", "pear"],
    animal: ["cat", "dog"],
    include: [
      { color: "green" },
      { color: "pink", animal: "cat" },
      { fruit: "apple", shape: "circle" },
      { fruit: "banana" },
      { fruit: "banana", animal: "cat" },
    ],
  };
  expect(expandStrategy({ matrix }).cells).toEqual([
    { fruit: "apple", animal: "cat", color: "pink", shape: "circle" },
    { fruit: "apple", animal: "dog", color: "green", shape: "circle" },
    { fruit: "pear", animal: "cat", color: "pink" },
    { fruit: "pear", animal: "dog", color: "green" },
    { fruit: "banana" },
    { fruit: "banana", animal: "cat" },
  ]);
});

it("leaves out what is excluded, before anything is included", () => {
  const matrix = {
    os: ["macos", "windows"],
    version: [12, 14],
    env: ["staging", "production"],
    exclude: [{ os: "macos", version: 12, env: "production" }, { os: "windows" }],
  };
  expect(expandStrategy({ matrix }).cells).toEqual([
    { os: "macos", version: 12, env: "staging" },
    { os: "macos", version: 14, env: "staging" },
    { os: "macos", version: 14, env: "production" },
  ]);
});

it.each([
  [undefined, [null], true, 1],
  [
    { matrix: { include: [{ a: 1 }, { a: 2 }] }, "max-parallel": 1, "fail-fast": false },
    [{ a: 1 }, { a: 2 }],
    false,
    1,
  ],
])("reads %j", (strategy, cells, fail_fast, max_parallel) => {
  expect(expandStrategy(strategy)).toEqual({ cells, fail_fast, max_parallel });
});

it.each([
  [{ matrix: { a: [] } }, "Matrix vector 'a' does not contain any values"],
  [{ matrix: { a: [1], exclude: [{ a: 1 }] } }, "at least one vector"],
  [
    { matrix: { a: Array.from({ length: 17 }, (_, at) => at), b: Array.from({ length: 16 }, (_, at) => at) } },
    "272 jobs",
  ],
])("refuses %j", (strategy, message) => {
  expect(() => expandStrategy(strategy)).toThrow(message);
});

it.each([
  [null, ""],
  [{ os: "linux", version: 20, node: { major: 1, lts: true } }, " (linux, 20, 1, true)"],
])("names a cell %j", (cell, suffix) => {
  expect(cellSuffix(cell)).toBe(suffix);
});
