import { rulePages } from "@infraskill/workflow/rule-pages";
import { rules } from "@infraskill/workflow/rules";
import { expect, it } from "vitest";
import { explainedYamlRules, hasPage } from "./has-page.ts";

const ofInfraskill = new Set(rules.map(({ id }) => id));

it("knows which findings have a page", () => {
  const ofYaml = rulePages.map(({ id }) => id).filter((id) => !ofInfraskill.has(id));
  expect([...explainedYamlRules].toSorted()).toEqual(ofYaml.toSorted());
  expect(rules.every(({ id: rule }) => hasPage({ source: "infraskill", rule }))).toBe(true);
  expect(hasPage({ source: "infraskill", rule: "check-failed" })).toBe(false);
  expect(hasPage({ source: "yaml", rule: "syntax" })).toBe(false);
  expect(hasPage({ source: "actionlint", rule: "permissions" })).toBe(false);
});
