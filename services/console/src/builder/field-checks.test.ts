import type { JsonObject } from "@infraskill/contracts/text";
import { describe, expect, it } from "vitest";
import { keywordFault, nameFault } from "./field-checks.ts";

describe("a name", () => {
  it.each<["input" | "output", string, unknown]>([
    ["input", "zone", undefined],
    ["input", "region", "Another input has this name."],
    ["input", "my zone", expect.stringMatching(/only letters, digits/)],
    ["input", "REGION", expect.stringMatching(/both become the variable REGION/)],
    ["input", "execution-id", expect.stringMatching(/infraskill adds itself/)],
    ["output", "Region", expect.stringMatching(/differs from another output only in case/)],
    ["output", "execution-id", undefined],
  ])("of an %s %s: %s", (kind, name, fault) => {
    expect(nameFault(kind, name, ["region"])).toEqual(fault);
  });
});

describe("a keyword", () => {
  it.each<[string, JsonObject, unknown]>([
    ["default", { type: "integer", default: 1.5 }, "Must be a whole number, like the field."],
    ["default", { type: "number", default: "many" }, "Must be a number, like the field."],
    ["default", { type: "number", default: 1, minimum: 2 }, "Must be 2 or more."],
    ["default", { type: "number", default: 3, maximum: 2 }, "Must be 2 or less."],
    ["default", { type: "string", default: "B", pattern: "^[a-z]$" }, "Must match the pattern."],
    ["default", { type: "string", default: "B", pattern: "[" }, undefined],
    ["default", { type: "string", default: "b", pattern: "^[a-z]$" }, undefined],
    ["minimum", { type: "number", minimum: 3, maximum: 2 }, "Must not be above maximum."],
    ["minimum", { type: "number", minimum: "few" }, "Must be a number."],
    ["pattern", { type: "string", pattern: "(" }, expect.stringMatching(/Is not a regular expression/)],
    ["enum", { type: "string", enum: [] }, "Must be a list with at least one value."],
    ["enum", { type: "string", enum: ["a", "a"] }, "Two options are the same."],
    ["title", { type: "string", title: "${{ x }}" }, expect.stringMatching(/Must not contain/)],
  ])("%s of %j: %s", (keyword, field, fault) => {
    expect(keywordFault(field, keyword)).toEqual(fault);
  });
});
