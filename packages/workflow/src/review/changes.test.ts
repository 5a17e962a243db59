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
      '| input | ` a ` | options ` ["x"] ` → ` ["y"] ` | may fail |',
    ],
    [
      "options that were added",
      schema({ a: { enum: ["x"] } }),
      schema({ a: { enum: ["x", "y"] } }),
      '| input | ` a ` | options ` ["x"] ` → ` ["x","y"] ` | work |',
    ],
    [
      "a pattern",
      schema({ a: string }),
      schema({ a: { ...string, pattern: "^a|b$" } }),
      '| input | ` a ` | pattern none → ` "^a\\|b$" ` | may fail |',
    ],
    [
      "a pattern less",
      schema({ a: { ...string, pattern: "^a$" } }),
      schema({ a: string }),
      '| input | ` a ` | pattern ` "^a$" ` → none | work |',
    ],
    [
      "narrower bounds",
      schema({ a: { type: "integer", minimum: 1, maximum: 9 } }),
      schema({ a: { type: "integer", minimum: 2, maximum: 9 } }),
      "| input | ` a ` | minimum ` 1 ` → ` 2 ` | may fail |",
    ],
    [
      "wider bounds",
      schema({ a: { ...string, minLength: 2, maxLength: 5 } }),
      schema({ a: { ...string, minLength: 1, maxLength: 6 } }),
      "| input | ` a ` | minLength ` 2 ` → ` 1 `, maxLength ` 5 ` → ` 6 ` | work |",
    ],
    [
      "words and keywords of infraskill",
      schema({ a: { ...string, description: "old" } }),
      schema({ a: { ...string, "x-target": true } }),
      '| input | ` a ` | description ` "old" ` → none, ` x-target ` none → ` true ` | work |',
    ],
    [
      "what holds for all inputs",
      schema({ a: string }),
      { ...schema({ a: string }), additionalProperties: false, title: "T" },
      '| inputs | all | additionalProperties none → ` false `, title none → ` "T" ` | may fail |',
    ],
  ])("names %s", (_, before, after, row) => {
    expect(rows(before, after)).toEqual([row]);
  });

  it("names outputs, and nothing where nothing changes", () => {
    const before = {
      ...nothing,
      outputs_schema: schema({ x: string, y: string, w: { ...string, maxLength: 5 } }, ["x"]),
    };
    const after = { ...nothing, outputs_schema: schema({ x: { type: "integer" }, z: string, w: string }) };
    expect(describeChanges(before, after).split("\n").slice(2)).toEqual([
      "| output | ` x ` | type string → integer, no longer promised | may fail |",
      "| output | ` z ` | new | work |",
      "| output | ` w ` | maxLength ` 5 ` → none | may fail |",
      "| output | ` y ` | removed | may fail |",
    ]);
    expect(describeChanges(before, before)).toBe(
      "Description, limit, inputs, outputs, permissions, secrets and actions stay as they are.",
    );
  });

  it.each([
    [null, { limit: 2 }, "none → 2 at once | may wait"],
    [{ limit: 2 }, { limit: 1 }, "2 at once → 1 at once | may wait"],
    [{ limit: 2 }, { limit: 3 }, "2 at once → 3 at once | work"],
    [{ limit: 2, group: "a|b" }, { limit: 2 }, "2 at once for each ` a\\|b ` → 2 at once | may wait"],
    [{ limit: 2 }, null, "2 at once → none | work"],
  ])("names another limit, %j to %j", (before, after, words) => {
    const text = describeChanges({ ...nothing, concurrency: before }, { ...nothing, concurrency: after });
    expect(text.split("\n").slice(2)).toEqual([`| skill | limit | ${words} |`]);
  });

  it("names other words about the skill, and nothing that is not known", () => {
    const before = { ...nothing, description: "Old\nwords", category: "a", concurrency: { limit: 1 } };
    const after = { ...nothing, description: "", category: "b" };
    expect(describeChanges(before, after).split("\n").slice(2)).toEqual([
      "| skill | description | ` Old words ` → none | work |",
      "| skill | category | ` a ` → ` b ` | work |",
    ]);
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
