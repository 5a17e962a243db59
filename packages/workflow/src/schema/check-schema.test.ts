import { describe, expect, it } from "vitest";
import { checkSkillFile } from "../check.ts";
import { generateSkillFile } from "../skill/generate.ts";
import { checkInputsSchema, checkOutputsSchema } from "./check-schema.ts";

const withField = (field: unknown, name = "x") => ({ type: "object", properties: { [name]: field } });

describe("a schema for inputs", () => {
  it.each([
    ["no object", [], "/inputs_schema"],
    ["another type", { type: "array" }, "/inputs_schema/type"],
    ["combined schemas", { allOf: [] }, "/inputs_schema/allOf"],
    ["a name with a space", withField({ type: "string" }, "a b"), "/inputs_schema/properties/a b"],
    ["a name with a slash", withField({ type: "string" }, "a/b"), "/inputs_schema/properties/a~1b"],
    ["a contract input", withField({ type: "string" }, "callback-url"), "/inputs_schema/properties/callback-url"],
    [
      "a requirement it does not have",
      { ...withField({ type: "string" }), required: ["y"] },
      "/inputs_schema/required/0",
    ],
  ])("with %s is refused at its place", (_, schema, pointer) => {
    expect(checkInputsSchema(schema).map((error) => error.pointer)).toContain(pointer);
  });

  it.each([
    ["a reference", { $ref: "#/x" }, "type"],
    ["a nested object", { type: "object" }, "type"],
    ["a union", { type: ["string", "null"] }, "type"],
    ["a broken pattern", { type: "string", pattern: "(" }, "pattern"],
    ["a pattern that refers back", { type: "string", pattern: "(a)\\1" }, "pattern"],
    ["a limit as text", { type: "integer", minimum: "1" }, "minimum"],
    ["a pattern on a number", { type: "integer", pattern: "1" }, "pattern"],
    ["no options", { enum: [] }, "type"],
    ["a default that is no option", { enum: ["a"], default: "b" }, "default"],
    ["a default of another type", { type: "boolean", default: "true" }, "default"],
    ["an expression as default", { type: "string", default: "${{ github.token }}" }, "default"],
    ["an expression as description", { type: "string", description: "${{ x }}" }, "description"],
    ["hidden characters", { type: "string", description: "a\u202eb" }, "description"],
    ["a default below minimum", { type: "integer", minimum: 5, default: 1 }, "default"],
    ["a default above maximum", { type: "number", maximum: 1, default: 1.5 }, "default"],
    ["a default at an excluded end", { type: "number", exclusiveMinimum: 1, default: 1 }, "default"],
    ["a default that is too long", { type: "string", maxLength: 1, default: "ab" }, "default"],
    ["a default that is too short", { type: "string", minLength: 1, default: "" }, "default"],
    ["a default that misses the pattern", { type: "string", pattern: "^a$", default: "b" }, "default"],
    ["a default beside a constant", { type: "string", const: "a", default: "b" }, "default"],
    ["hidden characters in a default", { type: "string", default: "a\u200b" }, "default"],
    ["hidden characters in an option", { enum: ["a", "a\u200b"] }, "enum/1"],
    ["a constant of another type", { type: "string", const: 1 }, "const"],
    ["limits that no number fits", { type: "number", minimum: 2, maximum: 1 }, "minimum"],
    ["limits that no text fits", { type: "string", minLength: 2, maxLength: 1 }, "maxLength"],
    ["a format that is no text", { type: "string", format: 1 }, "format"],
    ["examples that are no list", { type: "string", examples: "a" }, "examples"],
    ["an unknown GitHub type", { type: "string", "x-github-type": "secret" }, "x-github-type"],
  ])("with %s in a field is refused at its place", (_, field, place) => {
    const found = checkInputsSchema(withField(field)).map(({ pointer }) => pointer);
    expect(found).toContain(`/inputs_schema/properties/x/${place}`);
  });

  it("is an error of the whole check when it cannot be used", async () => {
    const inputs_schema = withField({ type: "string", minLength: 2, default: "a" });
    const made = { name: "any", inputs_schema, outputs_schema: {}, commands: [{ run: "true" }] };
    const text = generateSkillFile(made);
    const { valid, diagnostics } = await checkSkillFile(text, made);
    expect([valid, diagnostics.map(({ rule, message }) => [rule, message])]).toEqual([
      false,
      [
        [
          "schema-agrees",
          "The schema cannot be used: /inputs_schema/properties/x/default: Must have at least 2 characters.",
        ],
      ],
    ]);
  });

  it("refuses two names that become one variable", () => {
    const schema = { properties: { "a-b": { type: "string" }, a_b: { type: "string" } } };
    expect(checkInputsSchema(schema)).toMatchObject([{ pointer: "/inputs_schema/properties/a_b" }]);
  });

  it("refuses a 24th input", () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`i${i}`, { type: "string" }]));
    expect(checkInputsSchema({ properties: fields(23) })).toEqual([]);
    expect(checkInputsSchema({ properties: fields(24) })).toMatchObject([{ pointer: "/inputs_schema/properties" }]);
  });

  it("takes everything the form can draw", () => {
    const schema = {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: {
        name: {
          type: "string",
          title: "Name",
          description: "Whom",
          pattern: "^[a-z]+(-[a-z]{1,5})?$",
          minLength: 1,
          default: "a",
        },
        count: { type: "integer", minimum: 0, exclusiveMaximum: 5, multipleOf: 2, default: 4 },
        on: { type: "boolean", default: false },
        size: { enum: ["s", "m"], default: "s" },
        where: { type: "string", "x-github-type": "environment" },
      },
      required: ["name"],
      additionalProperties: false,
    };
    expect(checkInputsSchema(schema)).toEqual([]);
    expect(checkOutputsSchema(schema)).toEqual([]);
  });
});
