import { describe, expect, it } from "vitest";
import { evaluateTemplate, isTemplate, parseTemplate, referencesOf } from "./value-template.ts";

const contexts = {
  task: { inputs: { host: "web-1", count: 3, on: true, list: ["a", "b"], constructor: "odd", "a-b": "dash" } },
  steps: [{ outputs: { freed: 12, path: "/tmp" } }, { outputs: null }],
};

function evaluate(text: string) {
  const parsed = parseTemplate(text, Object.keys(contexts));
  return parsed.ok ? evaluateTemplate(parsed.template, contexts) : parsed;
}

describe("a template", () => {
  it.each<[string, unknown]>([
    ["${{ task.inputs.count }}", 3],
    ["${{ task.inputs.on }}", true],
    ["${{ task.inputs.host }}", "web-1"],
    ["${{ TASK.Inputs.HOST }}", "web-1"],
    ["${{ task.inputs['a-b'] }}", "dash"],
    ["${{ task.inputs.a-b }}", "dash"],
    ["${{ steps.0.outputs.freed }}", 12],
    ["${{ steps[0].outputs.freed }}", 12],
    ["${{ steps.0.outputs.freed > 10 && 'big' || 'small' }}", "big"],
    ["${{ format('{0}/x', steps.0.outputs.path) }}", "/tmp/x"],
    ["${{ 'steps.0.outputs' }}", "steps.0.outputs"],
    ["${{ 'it''s }} here' }}", "it's }} here"],
    ["freed ${{ steps.0.outputs.freed }} on ${{ task.inputs.host }}", "freed 12 on web-1"],
    ["${{ task.inputs.count }}${{ task.inputs.on }}", "3true"],
    [" ${{ task.inputs.count }}", " 3"],
    ["${{ steps.1.outputs.x }}", null],
    ["x${{ steps.1.outputs.x }}", "x"],
    ["${{ task.inputs.nobody }}", null],
    ["${{ task.inputs.constructor }}", "odd"],
    ["${{ task.inputs.__proto__ }}", null],
    ["${{ fromJSON('{\"constructor\": 1}').constructor }}", 1],
    ["${{ join(task.inputs.list, '+') }}", "a+b"],
    ["${{ task.inputs.list }}", ["a", "b"]],
    ["${{ toJSON(task.inputs.list) }}", '[\n  "a",\n  "b"\n]'],
  ])("%s comes to %j", (text, value) => {
    expect(evaluate(text)).toEqual({ ok: true, value });
  });

  it.each([
    ["${{ task.inputs.x", "not closed"],
    ["${{ }}", "nothing between"],
    ["${{ secrets.x }}", "Unrecognized named-value"],
    ["${{ task.inputs. }}", "no expression"],
    ["${{ hashFiles('x') }}", "Unrecognized function"],
    ["${{ fromJSON('{') }}", "cannot be evaluated"],
    ["${{ format('{1}', 'a') }}", "cannot be evaluated"],
  ])("%s is refused: %s", (text, why) => {
    const answer = evaluate(text);
    expect(answer.ok ? "evaluated" : answer.detail).toContain(why);
  });

  it("is refused when it is nested too deeply or too long", () => {
    expect(evaluate(`\${{ fromJSON('${"[".repeat(15_000)}') }}`).ok).toBe(false);
    expect(evaluate(`\${{ ${"(".repeat(2_000)}1${")".repeat(2_000)} }}`).ok).toBe(false);
    expect(evaluate(`\${{ '${"x".repeat(30_000)}' }}`).ok).toBe(false);
  });

  it("cannot be made to fill the memory", () => {
    const doubled = (text: string) => `format('${"{0}".repeat(200)}', ${text})`;
    expect(evaluate(`\${{ ${doubled(doubled(doubled(doubled("'x'"))))} }}`)).toMatchObject({ ok: false });
  });

  it("is told from a literal", () => {
    expect(["a ${{ b }}", "${ {", 5, null, true, {}].map(isTemplate)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it("says what it looks at", () => {
    const parsed = parseTemplate("${{ steps[task.inputs.n].outputs.x || (steps.*.outputs) }}", ["task", "steps"]);
    expect(parsed.ok && referencesOf(parsed.template)).toEqual([
      { context: "task", path: ["inputs", "n"] },
      { context: "steps", path: [undefined, "outputs", "x"] },
      { context: "steps", path: [undefined, "outputs"] },
    ]);
  });
});
