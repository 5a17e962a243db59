import { rules } from "@infraskill/workflow/rules";
import { expect, it } from "vitest";
import { allowableRules, isAllowable } from "./is-allowable.ts";

it("knows which findings can be allowed", () => {
  const allowable = rules.filter((rule) => rule.allowable).map(({ id }) => id);
  expect([...allowableRules].toSorted()).toEqual(allowable.toSorted());
  expect(isAllowable({ source: "infraskill", rule: "permissions", severity: "error" })).toBe(true);
  expect(isAllowable({ source: "infraskill", rule: "permissions", severity: "info" })).toBe(false);
  expect(isAllowable({ source: "actionlint", rule: "permissions", severity: "error" })).toBe(false);
  expect(isAllowable({ source: "infraskill", rule: "template-injection", severity: "error" })).toBe(false);
});
