import { describe, expect, it } from "vitest";
import { fromData } from "./data.ts";
import { callsStatusFunction, evaluate } from "./evaluate.ts";

const contexts = {
  github: {
    event: {
      issue: { labels: [{ name: "bug" }, { name: "help wanted", color: "red" }] },
      nothing: null,
      fruit: { apple: { qty: 1 }, pear: { qty: 2 }, kiwi: {} },
    },
  },
  matrix: { n: 10, on: true, list: ["Push", "pull_request", 3], empty: [], none: {} },
  inputs: { text: "Hello World" },
};
const value = (expression: string): unknown => fromData(evaluate(expression, { contexts }));

// What https://docs.github.com/en/actions/reference/workflows-and-actions/expressions says, case by case.
describe("literals", () => {
  it.each([
    ["null", null],
    ["true", true],
    ["711", 711],
    ["-9.2", -9.2],
    ["0xff", 255],
    ["0o10", 8],
    ["-2.99e-2", -0.0299],
    ["'It''s open source!'", "It's open source!"],
  ])("%s", (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe("operators", () => {
  it.each([
    ["1 == '1'", true],
    ["true == 1", true],
    ["true == '1'", true],
    ["false == ''", true],
    ["null == 0", true],
    ["null == ''", true],
    ["'' == 0", true],
    ["'abc' == 'ABC'", true],
    ["'abc' != 'abd'", true],
    ["'x' == 0", false],
    ["NaN == NaN", false],
    ["'10' > 9", true],
    ["'b' > 'A'", true],
    ["'abc' < 1", false],
    ["matrix.list == matrix.list", true],
    ["matrix.list == fromJSON('[]')", false],
    ["matrix.n >= 10 && matrix.n <= 10", true],
    ["!matrix.on", false],
    ["!matrix.none", false],
    ["1 && 'second'", "second"],
    ["'' || 0 || 'third'", "third"],
    ["false && 1 || 2", 2],
    ["!(false) && (1 == 1 || 2 == 3)", true],
  ])("%s", (expression, expected) => {
    expect(value(expression)).toBe(expected);
  });
});

describe("looking into things", () => {
  it.each([
    ["github.event.issue.labels[1].color", "red"],
    ["github['event'].issue['LABELS'][0]['name']", "bug"],
    ["github.event.issue.labels.*.name", ["bug", "help wanted"]],
    ["github.event.fruit.*.qty", [1, 2]],
    ["matrix.list[2]", 3],
    ["matrix.list[9]", null],
    ["matrix.n.deeper.still", null],
    ["github.event.nothing.x", null],
    ["matrix.n.*", []],
    ["steps.none.outputs.x", null],
    ["github.constructor", null],
    ["github.event['__proto__']", null],
  ])("%s", (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });
});

describe("functions", () => {
  it.each([
    ["contains('Hello world', 'LLO')", true],
    ["contains(matrix.list, 'push')", true],
    ["contains(matrix.list, '3')", true],
    ["contains(matrix.list, 'pull')", false],
    ["contains(github.event.issue.labels.*.name, 'bug')", true],
    ["contains(matrix.none, 'x')", false],
    ["startsWith(inputs.text, 'hello')", true],
    ["endsWith(inputs.text, 'WORLD')", true],
    ["startsWith(matrix.list, 'P')", false],
    ["format('Hello {0} {1} {0}', 'Mona', 12)", "Hello Mona 12 Mona"],
    ["format('{{Hello {0}}}', true)", "{Hello true}"],
    ["format('[{0}]', null)", "[]"],
    ["join(matrix.list, ', ')", "Push, pull_request, 3"],
    ["join('one', '-')", "one"],
    ["join(matrix.empty)", ""],
    ["toJSON(matrix.empty)", "[]"],
    ["toJSON(-0)", "0"],
    ["toJSON('a\"b')", '"a\\"b"'],
    ['toJson(fromJSON(\'{"b":[true,null],"a":{}}\'))', '{\n  "b": [\n    true,\n    null\n  ],\n  "a": {}\n}'],
    ["fromJSON('[1,2]')[1]", 2],
    ["case(false, 1, true, 2, 3)", 2],
    ["success()", true],
    ["ALWAYS()", true],
  ])("%s", (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  it.each([
    ["format('{0} {1}', 'one')", "references more arguments than were supplied"],
    ["format('{x}')", "format string is invalid"],
    ["contains('a')", "Too few parameters supplied: 'contains'"],
    ["always(1)", "Too many parameters supplied: 'always'"],
    ["case(true, 1)", "parameters supplied"],
    ["case('yes', 1, 2)", "must evaluate to a boolean"],
    ["1 +", "Unexpected"],
    ["(1", "Unexpected end of expression"],
    ['"double"', "Unexpected symbol"],
  ])("refuses %s", (expression, message) => {
    expect(() => value(expression)).toThrow(message);
  });
});

it("refuses an expression of more than 21,000 characters", () => {
  expect(() => value(`'${"a".repeat(21_000)}'`)).toThrow("ErrorExceededMaxLength");
});

it.each([
  ["always()", true],
  ["!cancelled() && inputs.x", true],
  ["contains(fromJSON('[1]'), failure())", true],
  ["github['success()']", false],
  ["'failure()'", false],
])("finds a status function in %s: %s", (expression, expected) => {
  expect(callsStatusFunction(expression)).toBe(expected);
});
