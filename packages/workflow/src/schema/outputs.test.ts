import { describe, expect, it } from "vitest";
import { coerceOutputs } from "./outputs.ts";

const schema = {
  type: "object",
  properties: {
    healthy: { type: "boolean" },
    latency_ms: { type: "integer" },
    ratio: { type: "number" },
    text: { type: "string" },
  },
  required: ["healthy", "latency_ms"],
};

describe("outputs of a run", () => {
  it("get the types of the schema", () => {
    const outputs = { healthy: "True", latency_ms: " 012 ", ratio: "-1.5e3", text: "5", more: "kept" };
    expect(coerceOutputs(schema, outputs)).toEqual({
      outputs: { healthy: true, latency_ms: 12, ratio: -1500, text: "5", more: "kept" },
      mismatches: [],
    });
  });

  it.each([
    ["that are missing", { healthy: "true" }, "/outputs/latency_ms", "is required and was not set"],
    ["that are empty", { healthy: "true", latency_ms: "" }, "/outputs/latency_ms", "is required and was not set"],
    ["of another type", { healthy: "maybe", latency_ms: "1" }, "/outputs/healthy", "must be true or false"],
    [
      "that are no whole number",
      { healthy: "true", latency_ms: "1.5" },
      "/outputs/latency_ms",
      "must be a whole number",
    ],
    ["in hexadecimal", { healthy: "true", latency_ms: "0x10" }, "/outputs/latency_ms", "must be a whole number"],
  ])("%s are named", (_, outputs, pointer, detail) => {
    expect(coerceOutputs(schema, outputs).mismatches).toEqual([{ pointer, detail }]);
  });

  it("keep a value that does not convert, and an empty text", () => {
    const { outputs } = coerceOutputs(schema, { healthy: "maybe", latency_ms: "1", text: "" });
    expect(outputs).toEqual({ healthy: "maybe", latency_ms: 1, text: "" });
  });
});
