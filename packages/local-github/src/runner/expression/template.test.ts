import { describe, expect, it } from "vitest";
import type { Scope } from "./scope.ts";
import { evaluateCondition, evaluateNode, interpolate, textOf } from "./template.ts";

const scope: Scope = {
  contexts: {
    github: { ref: "refs/heads/main", event: { inputs: { who: "world" } } },
    inputs: { who: "world", count: 3, on: true },
    env: { Path: "a", PATH: "b" },
    matrix: () => ({ os: "linux" }),
    needs: { build: { result: "success", outputs: { tag: "v1" } } },
    steps: { "my-step": { outputs: { value: "it's" } } },
  },
};

describe("interpolate", () => {
  it.each([
    ["plain", "plain"],
    ["hello ${{ inputs.who }}!", "hello world!"],
    ["${{inputs.count}}", "3"],
    ["${{ inputs.on }} and ${{ inputs.missing }}.", "true and ."],
    ["${{ '}}' }}${{ 'it''s {0}' }}", "}}it's {0}"],
    ["a: ${{ github.event }}", "a: Object"],
    ["${{ needs.build.outputs.tag }}-${{ matrix.os }}", "v1-linux"],
    ["${{ GITHUB.REF }}", "refs/heads/main"],
    ["${{ env.Path }}${{ env.PATH }}${{ env.path }}", "ab"],
    ["${{ steps.my-step.outputs.value }}", "it's"],
    ["${{ job.status }}|${{ runner.os || 'fallback' }}", "|fallback"],
    ["${{ toJSON(inputs) }}", '{\n  "who": "world",\n  "count": 3,\n  "on": true\n}'],
    ["${{ fromJSON('[1, {\"constructor\": 2}]')[1].constructor }}", "2"],
    ["${{ format('{0} {{x}} {1}', 'a', 1.50) }}", "a {x} 1.5"],
    ["${{ join(fromJSON('[\"a\",\"b\"]'), '-') }}", "a-b"],
    ["${{ case(inputs.on, 'yes', 'no') }}", "yes"],
  ])("%s", (text, expected) => {
    expect(interpolate(text, scope)).toBe(expected);
  });

  it.each([
    ["${{ github.event }}", "A mapping was not expected"],
    ["${{ inputs.who", "The expression is not closed"],
    ["${{ }}", "An expression was expected"],
    ["${{ nothing_here.x }}", "Unrecognized named-value: 'nothing_here'"],
    ["${{ foo() }}", "Unrecognized function: 'foo'"],
    ["${{ fromJSON('') }}", "empty input"],
    ["${{ hashFiles('x') }}", "hashFiles is only available"],
  ])("refuses %s", (text, message) => {
    expect(() => interpolate(text, scope)).toThrow(message);
  });
});

describe("evaluateNode", () => {
  it("keeps the type of a lone expression and goes through lists and mappings", () => {
    const node = {
      a: ["${{ inputs.count }}", "x${{ inputs.count }}"],
      b: true,
      "${{ insert }}": "${{ fromJSON('{\"c\":1}') }}",
    };
    expect(evaluateNode(node, scope)).toEqual({ a: [3, "x3"], b: true, c: 1 });
  });
});

describe("evaluateCondition", () => {
  const states = {
    fine: { success: () => true, failure: () => false, cancelled: () => false },
    failed: { success: () => false, failure: () => true, cancelled: () => false },
    cancelled: { success: () => false, failure: () => false, cancelled: () => true },
  };
  it.each([
    [undefined, true, false, false],
    ["", true, false, false],
    ["always()", true, true, true],
    ["failure()", false, true, false],
    ["cancelled() || failure()", false, true, true],
    ["!cancelled()", true, true, false],
    ["inputs.on", true, false, false],
    ["${{ inputs.who == 'WORLD' }}", true, false, false],
    ["${{ always() }} && false", true, true, true],
    ["inputs.who == 'x' && always()", false, false, false],
    [true, true, false, false],
    [false, false, false, false],
    ["contains('always()', 'x')", false, false, false],
  ])("%s", (node, fine, failed, cancelled) => {
    expect(evaluateCondition(node, { ...scope, status: states.fine })).toBe(fine);
    expect(evaluateCondition(node, { ...scope, status: states.failed })).toBe(failed);
    expect(evaluateCondition(node, { ...scope, status: states.cancelled })).toBe(cancelled);
  });
});

describe("textOf", () => {
  it.each([
    [1.5, "1.5"],
    [true, "true"],
    [null, ""],
    ["x", "x"],
  ])("%s", (value, text) => {
    expect(textOf(value)).toBe(text);
  });
});
