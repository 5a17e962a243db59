import { describe, expect, it } from "vitest";
import { checkTaskInputs, evaluateStepInputs, type InputStep } from "./task-inputs.ts";

const drain = {
  skill_name: "drain",
  inputs_schema: {
    type: "object",
    properties: { host: { type: "string" }, wait: { type: "integer", minimum: 1, default: 30 } },
    required: ["host"],
  },
  outputs_schema: { type: "object", properties: { moved: { type: "integer" }, note: { type: "string" } } },
};
const step = (at: number, inputs: Record<string, unknown>): InputStep => ({
  ...drain,
  inputs,
  at: ["step_inputs", at],
});

describe("a task's inputs", () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>[], string[]]>([
    ["literals", {}, [{ host: "a" }, { host: "b", wait: 5 }], []],
    ["task inputs", { host: "a", n: 5 }, [{ host: "${{ task.inputs.host }}", wait: "${{ task.inputs.n }}" }], []],
    ["outputs of an earlier step", {}, [{ host: "a" }, { host: "b", wait: "${{ steps.0.outputs.moved }}" }], []],
    ["names in another case", { Host: "a" }, [{ host: "${{ task.inputs.host }}" }], []],
    [
      "an unknown task input",
      { host: "a" },
      [{ host: "${{ task.inputs.hots }}" }],
      ["/step_inputs/0/host: the task has no input hots; it has host"],
    ],
    [
      "another part of the task",
      {},
      [{ host: "${{ task.id }}" }],
      ["/step_inputs/0/host: looks at task.id; a task has only inputs"],
    ],
    [
      "its own step",
      {},
      [{ host: "${{ steps.0.outputs.note }}" }],
      ["/step_inputs/0/host: looks at step 0, which is not earlier than step 0; steps are counted from 0"],
    ],
    [
      "a later step",
      {},
      [{ host: "a" }, { host: "${{ steps.2.outputs.note }}" }, { host: "c" }],
      ["/step_inputs/1/host: looks at step 2, which is not earlier than step 1; steps are counted from 0"],
    ],
    [
      "a step by name",
      {},
      [{ host: "a" }, { host: "${{ steps.drain.outputs.note }}" }],
      ["/step_inputs/1/host: looks at steps.drain; steps are counted from 0, as in steps.0"],
    ],
    [
      "an unknown output",
      {},
      [{ host: "a" }, { host: "${{ steps.0.outputs.nots }}" }],
      ["/step_inputs/1/host: step 0 (drain) has no output nots; it has moved, note"],
    ],
    [
      "a step's status",
      {},
      [{ host: "a" }, { host: "${{ steps.0.status }}" }],
      ["/step_inputs/1/host: looks at steps.0.status; a step has only outputs"],
    ],
    [
      "an unknown input",
      {},
      [{ host: "a", hots: "${{ task.inputs }}" }],
      ["/step_inputs/0/hots: is not an input of drain; it takes host, wait"],
    ],
    [
      "a missing input",
      {},
      [{ host: "a" }, { wait: "${{ steps.0.outputs.moved }}" }],
      ["/step_inputs/1/host: is required"],
    ],
    ["a value that misfits", {}, [{ host: 5 }], ["/step_inputs/0/host: must be a string"]],
    [
      "an evaluated value that misfits",
      { n: 0 },
      [{ host: "a", wait: "${{ task.inputs.n }}" }],
      ["/step_inputs/0/wait: must be 1 or more"],
    ],
    [
      "a number as text",
      { n: 7 },
      [{ host: "a", wait: "${{ task.inputs.n }}0" }],
      ["/step_inputs/0/wait: must be a whole number"],
    ],
    [
      "a number as text of a later day",
      {},
      [{ host: "a" }, { host: "b", wait: "${{ steps.0.outputs.moved }}0" }],
      ["/step_inputs/1/wait: is text around an expression, which is no integer; write the expression alone"],
    ],
    [
      "an output of another type",
      {},
      [{ host: "a" }, { host: "b", wait: "${{ steps.0.outputs.note }}" }],
      [
        "/step_inputs/1/wait: is steps.0.outputs.note, a string, which is no integer; ${{ fromJSON(steps.0.outputs.note) }} reads one from text",
      ],
    ],
    ["an output as text", {}, [{ host: "a" }, { host: "${{ steps.0.outputs.moved }}" }], []],
    [
      "an output that an expression makes something of",
      {},
      [{ host: "a" }, { host: "b", wait: "${{ fromJSON(steps.0.outputs.note) }}" }],
      [],
    ],
    [
      "broken syntax",
      {},
      [{ host: "${{ task.inputs.host" }],
      ["/step_inputs/0/host: has a ${{ that is not closed with }}"],
    ],
    [
      "odd names",
      {},
      [{ host: "a", "a/b~c": 1 }],
      ["/step_inputs/0/a~1b~0c: is not an input of drain; it takes host, wait"],
    ],
  ])("with %s", (_what, task_inputs, inputs, expected) => {
    const errors = checkTaskInputs(
      task_inputs,
      inputs.map((given, index) => step(index, given)),
    );
    expect(errors.map(({ pointer, detail }) => `${pointer}: ${detail}`)).toEqual(expected);
  });
});

describe("a step's inputs when it starts", () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ["keep their types", { host: "b", wait: "${{ steps.0.outputs.moved }}" }, { host: "b", wait: 12 }],
    ["become text where the input is text", { host: "${{ steps.0.outputs.moved }}" }, { host: "12", wait: 30 }],
    ["fill in defaults", { host: "${{ task.inputs.host }}" }, { host: "web-1", wait: 30 }],
    [
      "become text beside text",
      { host: "${{ task.inputs.host }}-${{ steps.0.outputs.moved }}" },
      { host: "web-1-12", wait: 30 },
    ],
    [
      "are left out when they come to nothing",
      { host: "a", wait: "${{ steps.0.outputs.nothing }}" },
      { host: "a", wait: 30 },
    ],
  ])("%s", (_what, inputs, expected) => {
    const evaluated = evaluateStepInputs(step(1, inputs), { host: "web-1" }, [{ moved: 12 }]);
    expect(evaluated).toEqual({ ok: true, inputs: expected });
  });

  it("say which one misfits and why", () => {
    expect(evaluateStepInputs(step(1, { host: "${{ steps.0.outputs.note }}" }), {}, [{}])).toEqual({
      ok: false,
      errors: [
        { pointer: "/step_inputs/1/host", detail: "is required, and ${{ steps.0.outputs.note }} came to nothing" },
      ],
    });
    expect(
      evaluateStepInputs(step(1, { host: "a", wait: "${{ steps.0.outputs.moved }}" }), {}, [{ moved: "many" }]),
    ).toEqual({
      ok: false,
      errors: [{ pointer: "/step_inputs/1/wait", detail: "must be a whole number" }],
    });
  });

  it("are refused where a step they look at told nothing", () => {
    const given = { host: "free on ${{ steps.0.outputs.note || 'none' }}" };
    expect(evaluateStepInputs(step(1, given), {}, [null])).toEqual({
      ok: false,
      errors: [{ pointer: "/step_inputs/1/host", detail: "looks at step 0, which told no outputs" }],
    });
  });
});
