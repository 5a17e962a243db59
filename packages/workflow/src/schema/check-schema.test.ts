import { assert, boolean, double, integer, oneof, pre, property, record, string, stringMatching, tuple, uniqueArray } from "fast-check"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { checkSkillFile } from "../check.ts";
import { type DispatchInput, fromDispatchInputs, toDispatchInputs } from "./dispatch-inputs.ts";
import { generateSkillFile } from "../skill/generate.ts";
import { type InputDeclaration, readSkillFile } from "../file/read.ts";
import { checkInputsSchema, checkOutputsSchema } from "./check-schema.ts";

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
      "a default below minimum",
      withField({ type: "integer", minimum: 5, default: 1 }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "a default above maximum",
      withField({ type: "number", maximum: 1, default: 1.5 }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "a default at an excluded end",
      withField({ type: "number", exclusiveMinimum: 1, default: 1 }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "a default that is too long",
      withField({ type: "string", maxLength: 1, default: "ab" }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "a default that is too short",
      withField({ type: "string", minLength: 1, default: "" }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "a default that misses the pattern",
      withField({ type: "string", pattern: "^a$", default: "b" }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "a default beside a constant",
      withField({ type: "string", const: "a", default: "b" }),
      "/inputs_schema/properties/x/default",
    ],
    [
      "hidden characters in a default",
      withField({ type: "string", default: "a\u200b" }),
      "/inputs_schema/properties/x/default",
    ],
    ["hidden characters in an option", withField({ enum: ["a", "a\u200b"] }), "/inputs_schema/properties/x/enum/1"],
    ["a constant of another type", withField({ type: "string", const: 1 }), "/inputs_schema/properties/x/const"],
    [
      "limits that no number fits",
      withField({ type: "number", minimum: 2, maximum: 1 }),
      "/inputs_schema/properties/x/minimum",
    ],
    [
      "limits that no text fits",
      withField({ type: "string", minLength: 2, maxLength: 1 }),
      "/inputs_schema/properties/x/maxLength",
    ],
    ["a format that is no text", withField({ type: "string", format: 1 }), "/inputs_schema/properties/x/format"],
    ["examples that are no list", withField({ type: "string", examples: "a" }), "/inputs_schema/properties/x/examples"],
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

  it("takes no schema from a file that would be refused as one", () => {
    const declared = [
      ["none", { type: "choice" }],
      ["twice", { type: "choice", options: ["a", "a", ""], default: "a" }],
      ["other", { type: "choice", options: ["a"], default: "b" }],
      ["blank", { type: "number", default: " " }],
      ["hex", { type: "number", default: "0x10" }],
      ["half", { type: "boolean", default: "maybe" }],
    ] as const;
    const schema = fromDispatchInputs(declared.map(([name, input]) => [name, input as Partial<DispatchInput>]));
    expect(checkInputsSchema(schema)).toEqual([]);
    expect(schema.properties).toEqual({
      none: { type: "string" },
      twice: { type: "string", enum: ["a"], default: "a" },
      other: { type: "string", enum: ["a"] },
      blank: { type: "number" },
      hex: { type: "number" },
      half: { type: "boolean" },
    });
  });

  it("loses nothing that a workflow file can say, by way of the file itself", () => {
    assert(
      property(uniqueArray(anyInput, { selector: ([name]) => name, maxLength: 8 }), (fields) => {
        const required = fields.filter(([, { isRequired }]) => isRequired).map(([name]) => name);
        const schema = {
          type: "object" as const,
          properties: Object.fromEntries(fields.map(([name, { field }]) => [name, field])),
          required,
          additionalProperties: false as const,
        };
        pre(checkInputsSchema(schema).length === 0);
        const made = { name: "any", inputs_schema: schema, outputs_schema: {}, commands: [{ run: "true" }] };
        const declared = readSkillFile(generateSkillFile(made)).inputs.map(
          (input) => [input.name.value, inputOf(input)] as const,
        );
        expect(fromDispatchInputs(declared)).toEqual(schema);
        expect(toDispatchInputs(fromDispatchInputs(declared))).toEqual(toDispatchInputs(schema));
      }),
      { numRuns: 300 },
    );
  });
});

/** Words as they stand on one line of a file. */
const words = stringMatching(/^[\p{L}\p{N}"'#:{}|>*&!%@`\\,. -]{0,30}$/u).map((text) =>
  text.trim().replaceAll(/ +/g, " "),
);
const option = words.filter((text) => text !== "");
const described = <T extends object>(field: T) =>
  words.map((description) => ({ ...field, ...(description === "" ? {} : { description }) }));

/** Every kind of input, each with and without a default. */
const anyField = oneof(
  described({ type: "string" }),
  described({ type: "string", "x-github-type": "environment" }),
  described({ type: "boolean" }),
  described({ type: "number" }),
  tuple(described({ type: "string" }), string({ unit: "grapheme", maxLength: 20 })).map(([field, text]) => ({
    ...field,
    default: text,
  })),
  tuple(described({ type: "boolean" }), boolean()).map(([field, value]) => ({ ...field, default: value })),
  tuple(described({ type: "number" }), oneof(integer(), double({ noNaN: true, noDefaultInfinity: true }))).map(
    ([field, value]) => ({ ...field, default: Object.is(value, -0) ? 0 : value }),
  ),
  tuple(described({ type: "string" }), uniqueArray(option, { minLength: 1, maxLength: 5 }), boolean()).map(
    ([field, options, chosen]) => ({ ...field, enum: options, ...(chosen ? { default: options.at(-1)! } : {}) }),
  ),
);
const anyInput = tuple(stringMatching(/^[a-z][a-z0-9_-]{0,12}$/), record({ field: anyField, isRequired: boolean() }));

/** What the file says of an input, as the console hands it on. */
function inputOf({
  type,
  required,
  default: fallback,
  description,
  options,
}: InputDeclaration): Partial<DispatchInput> {
  return {
    ...(type === undefined ? {} : { type: type.value as DispatchInput["type"] }),
    ...(required?.value === true ? { required: true } : {}),
    ...(fallback === undefined || fallback.value === null ? {} : { default: fallback.value }),
    ...(description === undefined ? {} : { description: description.value }),
    ...(options.length === 0 ? {} : { options: options.map(({ value }) => value) }),
  };
}
