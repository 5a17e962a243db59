import { describe, expect, it } from "vitest";
import { addStep, moveStep, neighbourOf, removeStep, type TaskDraft, toDraft, toPlan } from "./draft.ts";
import { parsePlan, type Plan, planText } from "./plan.ts";
import { placeErrors } from "./place-errors.ts";
import { referencesFor, renumber } from "./references.ts";

const plan: Plan = {
  description: "",
  user_request: "",
  inputs: { host: "a", count: 3, dry: true },
  skills_sequence: ["drain", "patch", "join"],
  step_inputs: [
    { host: "${{ task.inputs.host }}" },
    { token: "${{ steps.0.outputs.token }}" },
    { note: "after ${{ steps.1.outputs.version }} of steps.1" },
  ],
  finally: ["tell"],
  finally_inputs: [{ text: "${{ steps.2.outputs.state }}", times: 2 }],
};
const draft = toDraft(plan);
const key = ({ steps }: TaskDraft, index: number) => steps[index]?.key ?? "";
const schemas = new Map([
  ["tell", { type: "object", properties: { text: { type: "string" }, times: { type: "integer" } } }],
]);

describe("a plan", () => {
  it("comes back from its form, numbers as numbers", () => expect(toPlan(draft, schemas)).toEqual(plan));

  it("comes back from its link", () => expect(parsePlan(planText(plan))).toEqual(plan));

  it.each([undefined, "", "{", "[]", '{"skills_sequence":["No Name"]}', '{"other":1}'])(
    "is empty when the link holds none: %s",
    (text) => expect(parsePlan(text).skills_sequence).toEqual([]),
  );
});

describe("steps that move", () => {
  it("take the expressions that look at them along", () => {
    const moved = toPlan(moveStep(draft, key(draft, 0), key(draft, 1)), schemas);
    expect(moved.skills_sequence).toEqual(["patch", "drain", "join"]);
    expect(moved.step_inputs?.[0]).toEqual({ token: "${{ steps.1.outputs.token }}" });
    expect(moved.step_inputs?.[2]).toEqual({ note: "after ${{ steps.0.outputs.version }} of steps.1" });
  });

  it("keep what `finally` looks at when one is added before it", () => {
    expect(toPlan(addStep(draft, "check", false), schemas).finally_inputs?.[0]?.["text"]).toBe(
      "${{ steps.2.outputs.state }}",
    );
    expect(toPlan(addStep(draft, "check", false), schemas).skills_sequence.at(-1)).toBe("check");
  });

  it("leave nothing behind that looks at them when they go", () => {
    const left = toPlan(removeStep(draft, key(draft, 1)), schemas);
    expect(left.step_inputs).toEqual([{ host: "${{ task.inputs.host }}" }, {}]);
    expect(left.finally_inputs?.[0]?.["text"]).toBe("${{ steps.1.outputs.state }}");
  });

  it("stay within the sequence or within `finally`", () => {
    expect(moveStep(draft, key(draft, 3), key(draft, 0))).toBe(draft);
    expect(neighbourOf(draft, key(draft, 2), 1)).toBeUndefined();
    expect(neighbourOf(draft, key(draft, 1), 1)).toBe(key(draft, 2));
  });
});

it("leaves alone what is no expression or looks at an unknown step", () => {
  expect(renumber("steps.0", [1])).toBe("steps.0");
  expect(renumber("${{ steps.7.outputs.x }}", [1])).toBe("${{ steps.7.outputs.x }}");
});

it("offers the task's inputs and the outputs of earlier steps, latest first", () => {
  const outputs = new Map([
    ["drain", { properties: { token: { type: "string" } } }],
    ["patch", { properties: { version: { type: "integer" } } }],
  ]);
  expect(referencesFor(draft, 2, outputs).map(({ label }) => label)).toEqual([
    "Task inputs",
    "Step 1 · patch",
    "Step 0 · drain",
  ]);
  expect(referencesFor(draft, 0, outputs)).toHaveLength(1);
});

it("puts each refusal at its field", () => {
  const { fields, steps, inputs, rest } = placeErrors(
    [
      { pointer: "/description", detail: "is too long" },
      { pointer: "/skills_sequence/1", detail: "there is no skill patch" },
      { pointer: "/step_inputs/0/host", detail: "is required" },
      { pointer: "/finally_inputs/0/a~1b", detail: "is not an input of tell" },
      { pointer: "/inputs", detail: "must be an object" },
    ],
    draft,
  );
  expect([...fields]).toEqual([["description", "Is too long"]]);
  expect([...steps]).toEqual([[key(draft, 1), "There is no skill patch"]]);
  expect([...inputs]).toEqual([
    [`${key(draft, 0)}/host`, "Is required"],
    [`${key(draft, 3)}/a/b`, "Is not an input of tell"],
  ]);
  expect(rest).toEqual([{ pointer: "/inputs", detail: "must be an object" }]);
});
