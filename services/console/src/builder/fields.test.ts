import { expect, it } from "vitest";
import { freeName, movedTo, renamed, typeOf, withKeyword, withType } from "./fields.ts";

const schema = {
  type: "object",
  properties: { a: { type: "string", pattern: "x" }, b: { type: "integer" } },
  required: ["a"],
};

it("keeps order and what is required when a field is renamed or moved", () => {
  expect(renamed(schema, "a", "c")).toEqual({
    ...schema,
    properties: { c: { type: "string", pattern: "x" }, b: { type: "integer" } },
    required: ["c"],
  });
  expect(Object.keys(movedTo(schema, 1, 0)["properties"] as object)).toEqual(["b", "a"]);
  expect(movedTo(schema, 0, -1)).toBe(schema);
});

it("drops what does not fit another type", () => {
  const field = { type: "string", description: "d", pattern: "x" };
  expect(withType(field, "integer")).toEqual({ type: "integer", description: "d" });
  expect(typeOf(withType(field, "environment"))).toBe("environment");
  expect(typeOf(withType(field, "choice"))).toBe("choice");
  expect(withKeyword(field, "pattern", "")).toEqual({ type: "string", description: "d" });
});

it("finds a free name", () => expect(freeName(schema, "a")).toBe("a-2"));
