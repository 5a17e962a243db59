import { describe, expect, it } from "vitest";
import { checkInputs, dispatchInputs } from "./inputs.ts";

const schema = {
  type: "object",
  properties: {
    namespace: { type: "string", pattern: "^[a-z-]+$", minLength: 1 },
    replicas: { type: "integer", minimum: 1, maximum: 10, default: 2 },
    force: { type: "boolean" },
    size: { enum: ["s", "m"] },
    note: { type: "string" },
  },
  required: ["namespace"],
};

describe("inputs of an execution", () => {
  it.each([
    ["nothing of what is required", {}, "/inputs/namespace", "is required"],
    ["an unknown name", { namespace: "a", colour: 1 }, "/inputs/colour", "is not an input of this skill"],
    ["a value that misses the pattern", { namespace: "A b" }, "/inputs/namespace", "must match the pattern ^[a-z-]+$"],
    ["a number as text", { namespace: "a", replicas: "5" }, "/inputs/replicas", "must be a whole number"],
    ["a fraction", { namespace: "a", replicas: 1.5 }, "/inputs/replicas", "must be a whole number"],
    ["too much", { namespace: "a", replicas: 11 }, "/inputs/replicas", "must be 10 or less"],
    ["text as a boolean", { namespace: "a", force: "yes" }, "/inputs/force", "must be true or false"],
    ["another option", { namespace: "a", size: "l" }, "/inputs/size", 'must be one of "s", "m"'],
    ["null", { namespace: null }, "/inputs/namespace", "must be a string"],
    ["an object", { namespace: {} }, "/inputs/namespace", "must be a string"],
    ["a NUL character", { namespace: "a", note: "a\0" }, "/inputs/note", "contains a NUL character"],
    ["half a character", { namespace: "a", note: "\ud800" }, "/inputs/note", "lone surrogate"],
    ["a credential", { namespace: "a", note: `ghp_${"a1".repeat(18)}` }, "/inputs/note", "(GitHub token)"],
    ["a list instead of an object", [], "/inputs", "must be an object"],
    ["no inputs at all", undefined, "/inputs", "must be an object"],
  ])("that are %s are refused with a pointer", (_, inputs, pointer, detail) => {
    const checked = checkInputs(schema, inputs);
    expect(checked).toMatchObject({ ok: false, errors: [{ pointer }] });
    expect(checked.ok ? "" : checked.errors[0]?.detail).toContain(detail);
  });

  it("that fit get their defaults", () => {
    expect(checkInputs(schema, { namespace: "a" })).toEqual({ ok: true, inputs: { namespace: "a", replicas: 2 } });
  });

  it("point into the step they belong to", () => {
    expect(checkInputs(schema, {}, ["step_inputs", 1])).toMatchObject({
      errors: [{ pointer: "/step_inputs/1/namespace" }],
    });
  });

  it("of more characters than GitHub takes are refused", () => {
    const checked = checkInputs(schema, { namespace: "a", note: "x".repeat(65_000) });
    expect(checked).toMatchObject({ ok: false, errors: [{ pointer: "/inputs" }] });
    expect(checkInputs(schema, { namespace: "a", note: "x".repeat(64_000) }).ok).toBe(true);
  });

  it("named like something every object has stay plain names", () => {
    const hostile: unknown = JSON.parse('{"namespace":"a","__proto__":{"x":1},"constructor":"c","toString":"t"}');
    const checked = checkInputs(schema, hostile);
    expect(checked.ok ? [] : checked.errors.map(({ pointer }) => pointer)).toEqual([
      "/inputs/__proto__",
      "/inputs/constructor",
      "/inputs/toString",
    ]);
    const properties: unknown = JSON.parse('{"__proto__":{"type":"string"},"constructor":{"type":"integer"}}');
    const strange = { type: "object", properties: properties as object, required: ["__proto__", "constructor"] };
    expect(checkInputs(strange, {})).toMatchObject({ errors: [{ detail: "is required" }, { detail: "is required" }] });
    const inputs = checkInputs(strange, JSON.parse('{"__proto__":"p","constructor":3}'));
    expect(JSON.stringify(inputs)).toBe('{"ok":true,"inputs":{"__proto__":"p","constructor":3}}');
  });
});

describe("dispatch inputs", () => {
  it("are strings, absent ones left out", () => {
    expect(dispatchInputs(schema, { namespace: "a", replicas: 3, force: false })).toEqual({
      namespace: "a",
      replicas: "3",
      force: "false",
    });
  });

  it("pass every text byte for byte", () => {
    const note = "a\"b $(touch x) '; `id`\nsecond line\r\n\t\u00e9\u{1f600} ${{ secrets.X }}";
    expect(dispatchInputs(schema, { note })["note"]).toBe(note);
  });
});
