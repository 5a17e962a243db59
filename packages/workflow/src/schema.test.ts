import { describe, expect, it } from "vitest";
import { fromDispatchInputs, toDispatchInputs } from "./dispatch-inputs.ts";
import { checkInputsSchema, checkOutputsSchema } from "./schema.ts";

const withField = (field: unknown, name = "x") => ({ type: "object", properties: { [name]: field } });

describe("a schema for inputs", () => {
  it.each([
    ["no object", [], "/inputs_schema"],
    ["another type", { type: "array" }, "/inputs_schema/type"],
    ["combined schemas", { allOf: [] }, "/inputs_schema/allOf"],
    ["a reference", withField({ $ref: "#/x" }), "/inputs_schema/properties/x/type"],
    ["a nested object", withField({ type: "object" }), "/inputs_schema/properties/x/type"],
    ["a union", withField({ type: ["string", "null"] }), "/inputs_schema/properties/x/type"],
    ["a name with a space", withField({ type: "string" }, "a b"), "/inputs_schema/properties/a b"],
    ["a name with a slash", withField({ type: "string" }, "a/b"), "/inputs_schema/properties/a~1b"],
    ["a contract input", withField({ type: "string" }, "callback-url"), "/inputs_schema/properties/callback-url"],
    ["a broken pattern", withField({ type: "string", pattern: "(" }), "/inputs_schema/properties/x/pattern"],
    [
      "a pattern that refers back",
      withField({ type: "string", pattern: "(a)\\1" }),
      "/inputs_schema/properties/x/pattern",
    ],
    ["a limit as text", withField({ type: "integer", minimum: "1" }), "/inputs_schema/properties/x/minimum"],
    ["a pattern on a number", withField({ type: "integer", pattern: "1" }), "/inputs_schema/properties/x/pattern"],
    ["no options", withField({ enum: [] }), "/inputs_schema/properties/x/type"],
    ["a default that is no option", withField({ enum: ["a"], default: "b" }), "/inputs_schema/properties/x/default"],
    [
      "a default of another type",
      withField({ type: "boolean", default: "true" }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "an expression as default",
      withField({ type: "string", default: "${{ github.token }}" }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "an expression as description",
      withField({ type: "string", description: "${{ x }}" }),
      "/inputs_schema/properties/x/description",
    ],
    [
      "hidden characters",
      withField({ type: "string", description: "a\u202eb" }),
      "/inputs_schema/properties/x/description",
    ],
    [
      "an unknown GitHub type",
      withField({ type: "string", "x-github-type": "secret" }),
      "/inputs_schema/properties/x/x-github-type",
    ],
    [
      "a requirement it does not have",
      { ...withField({ type: "string" }), required: ["y"] },
      "/inputs_schema/required/0",
    ],
  ])("with %s is refused at its place", (_, schema, pointer) => {
    expect(checkInputsSchema(schema).map((error) => error.pointer)).toContain(pointer);
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

describe("the way to workflow_dispatch and back", () => {
  it("keeps what GitHub can declare", () => {
    const schema = {
      type: "object" as const,
      properties: {
        name: { type: "string", description: "Whom", default: "a" },
        count: { type: "number", default: 4 },
        on: { type: "boolean", default: false },
        size: { type: "string", enum: ["s", "m"], default: "s" },
        where: { type: "string", "x-github-type": "environment" },
      },
      required: ["name"],
      additionalProperties: false as const,
    };
    expect(fromDispatchInputs(toDispatchInputs(schema))).toEqual(schema);
  });

  it("turns integers into numbers and options into text", () => {
    const schema = { properties: { n: { type: "integer" }, o: { enum: [1, 2], default: 1 } } };
    expect(toDispatchInputs(schema)).toEqual([
      ["n", { required: false, type: "number" }],
      ["o", { required: false, type: "choice", options: ["1", "2"], default: "1" }],
    ]);
  });
});
