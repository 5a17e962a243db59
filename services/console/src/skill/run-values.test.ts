import { describe, expect, it } from "vitest";
import { fieldOfPointer, isDestructive, targetOf, toInputs, toRunValues } from "./run-values.ts";

const schema = {
  type: "object",
  properties: {
    namespace: { type: "string" },
    replicas: { type: "integer", default: 2 },
    size: { type: "string", enum: ["small", "big"] },
    force: { type: "boolean" },
  },
  required: ["namespace"],
};

describe("run form values", () => {
  it("start from the defaults, overlaid by the inputs given", () => {
    expect(toRunValues(schema, { namespace: "web" })).toEqual({
      namespace: "web",
      replicas: "2",
      size: "",
      force: false,
    });
  });

  it("become typed inputs; empty ones are absent", () => {
    const values = { namespace: "web", replicas: "3", size: "", force: true };
    expect(toInputs(schema, values)).toEqual({ namespace: "web", replicas: 3, force: true });
  });

  it("keep what is no number as text, so that the check can name it", () => {
    expect(toInputs(schema, { replicas: "many" })).toEqual({ replicas: "many" });
  });
});

it("finds the field a refusal points at", () => {
  expect(fieldOfPointer("/inputs/a~1b")).toBe("a/b");
  expect(fieldOfPointer("/other")).toBeUndefined();
});

it("asks for the target's name when the category or the schema says so", () => {
  expect(isDestructive("Destructive", schema)).toBe(true);
  expect(isDestructive("kubernetes", { ...schema, "x-destructive": true })).toBe(true);
  expect(isDestructive("kubernetes", schema)).toBe(false);
  expect(targetOf("drain", schema, { namespace: "web" })).toBe("web");
  expect(targetOf("drain", { type: "object", properties: {} }, {})).toBe("drain");
});
