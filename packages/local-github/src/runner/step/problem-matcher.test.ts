import { expect, it } from "vitest";
import { ProblemMatchers, readMatchers } from "./problem-matcher.ts";

const compiler = readMatchers(
  JSON.stringify({
    problemMatcher: [
      {
        owner: "cc",
        pattern: [
          {
            regexp: "^(\\S+):(\\d+):(\\d+): (warning|error): (.*)$",
            file: 1,
            line: 2,
            column: 3,
            severity: 4,
            message: 5,
          },
        ],
      },
    ],
  }),
);
const stylish = readMatchers(
  JSON.stringify({
    problemMatcher: [
      {
        owner: "lint",
        severity: "warning",
        pattern: [
          { regexp: "^([^\\s].*)$", file: 1 },
          { regexp: "^\\s+(\\d+):(\\d+)\\s+(.*?)\\s\\s+(\\S+)$", line: 1, column: 2, message: 3, code: 4, loop: true },
        ],
      },
    ],
  }),
);

it("makes a problem of a line", () => {
  const matchers = new ProblemMatchers();
  matchers.add(compiler);
  expect(matchers.match("\u001B[31mmain.c:3:7: warning: unused\u001B[0m")).toEqual({
    level: "warning",
    message: "unused",
    place: { file: "main.c", line: "3", col: "7" },
  });
  expect(matchers.match("all fine")).toBeUndefined();
  matchers.remove("cc");
  expect(matchers.match("main.c:3:7: error: gone")).toBeUndefined();
});

it("remembers the file for the lines under it", () => {
  const matchers = new ProblemMatchers();
  matchers.add(stylish);
  const found = ["a.js", "  1:2  no way  rule-a", "  3:4  nor this  rule-b", "b.js", "  5:6  this too  rule-a"].map(
    (line) => matchers.match(line),
  );
  expect(
    found.map(
      (problem) =>
        problem &&
        `${problem.level} ${problem.place["file"]}:${problem.place["line"]} ${problem.message} ${problem.place["title"]}`,
    ),
  ).toEqual([
    undefined,
    "warning a.js:1 no way rule-a",
    "warning a.js:3 nor this rule-b",
    undefined,
    "warning b.js:5 this too rule-a",
  ]);
});

it.each(["{}", '{"problemMatcher":[{}]}', '{"problemMatcher":[{"owner":"x","pattern":[{}]}]}', "nonsense"])(
  "refuses %s",
  (text) => {
    expect(() => readMatchers(text)).toThrow(/problem matcher|JSON/);
  },
);
