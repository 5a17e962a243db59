import { describe, expect, it } from "vitest";
import { describeChanges } from "./changes.ts";

const schema = (properties: object, required: string[] = []) => ({ type: "object", properties, required });
const string = { type: "string" };
const nothing = { inputs_schema: schema({}), outputs_schema: schema({}), yaml_content: "" };

function rows(before: object, after: object): string[] {
  const text = describeChanges(
    { ...nothing, inputs_schema: before as never },
    { ...nothing, inputs_schema: after as never },
  );
  return text.split("\n").slice(2);
}

describe("what changes with a revision", () => {
  it.each([
    ["a new input", schema({}), schema({ a: string }), "| input | ` a ` | new, optional | work |"],
    [
      "a new one that is required",
      schema({}),
      schema({ a: string }, ["a"]),
      "| input | ` a ` | new, required | may fail |",
    ],
    ["one that is gone", schema({ a: string }), schema({}), "| input | ` a ` | removed | may fail |"],
    [
      "another type",
      schema({ a: string }),
      schema({ a: { type: "number" } }),
      "| input | ` a ` | type string → number | may fail |",
    ],
    [
      "whole numbers only",
      schema({ a: { type: "number" } }),
      schema({ a: { type: "integer" } }),
      "| input | ` a ` | type number → integer | may fail |",
    ],
    [
      "any number",
      schema({ a: { type: "integer" } }),
      schema({ a: { type: "number" } }),
      "| input | ` a ` | type integer → number | work |",
    ],
    [
      "a requirement",
      schema({ a: string }),
      schema({ a: string }, ["a"]),
      "| input | ` a ` | now required | may fail |",
    ],
    [
      "a requirement less",
      schema({ a: string }, ["a"]),
      schema({ a: string }),
      "| input | ` a ` | now optional | work |",
    ],
    [
      "another default",
      schema({ a: { ...string, default: "x" } }),
      schema({ a: { ...string, default: "y|z" } }),
      '| input | ` a ` | default ` "x" ` → ` "y\\|z" ` | work |',
    ],
    [
      "other options",
      schema({ a: { enum: ["x"] } }),
      schema({ a: { enum: ["y"] } }),
      "| input | ` a ` | other values are allowed | may fail |",
    ],
  ])("names %s", (_, before, after, row) => {
    expect(rows(before, after)).toEqual([row]);
  });

  it("names outputs, and nothing where nothing changes", () => {
    const inputs_schema = schema({ a: { ...string, description: "old words" } });
    const before = { ...nothing, inputs_schema, outputs_schema: schema({ x: string, y: string }, ["x"]) };
    const after = {
      ...nothing,
      inputs_schema: schema({ a: string }),
      outputs_schema: schema({ x: { type: "integer" }, z: string }),
    };
    expect(describeChanges(before, after).split("\n").slice(2)).toEqual([
      "| output | ` x ` | type string → integer, no longer promised | may fail |",
      "| output | ` z ` | new | work |",
      "| output | ` y ` | removed | may fail |",
    ]);
    expect(describeChanges(before, before)).toBe("Inputs, outputs, permissions, secrets and actions stay as they are.");
  });

  it("names what the skill may touch now, and no longer", () => {
    const file = (permission: string, secret: string, action: string) => ({
      ...nothing,
      yaml_content: [
        "jobs:",
        "  execute:",
        `    permissions: { ${permission} }`,
        `    env: { TOKEN: "\${{ secrets.${secret} }}" }`,
        `    steps: [{ uses: "${action}" }]`,
      ].join("\n"),
    });
    const before = file("contents: read", "OLD", "a/b@v1");
    const after = file("contents: write", "NEW", "a/b@v2");
    expect(describeChanges(before, after).split("\n").slice(2)).toEqual([
      "| permission | ` execute: contents: write ` | new | work |",
      "| permission | ` execute: contents: read ` | removed | work |",
      "| secret | ` NEW ` | new | work |",
      "| secret | ` OLD ` | removed | work |",
      "| action | ` a/b@v2 ` | new | work |",
      "| action | ` a/b@v1 ` | removed | work |",
    ]);
  });
});
