import { assert, boolean, double, integer, oneof, pre, property, record, string, stringMatching, tuple, uniqueArray } from "fast-check"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { type InputDeclaration, readSkillFile } from "../file/read.ts";
import { generateSkillFile } from "../skill/generate.ts";
import { checkInputsSchema } from "./check-schema.ts";
import { type DispatchInput, fromDispatchInputs, toDispatchInputs } from "./dispatch-inputs.ts";

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
