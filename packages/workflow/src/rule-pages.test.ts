import { describe, expect, it } from "vitest";
import { checkText } from "./check.ts";
import { applyAllFixes } from "./fix.ts";
import { isAllowable } from "./rule-explanation.ts";
import { rulePages } from "./rule-pages.ts";
import { baseDefinition, withExcerpt } from "./rule-pages/rule-page.ts";
import { rules } from "./rules.ts";

const { name, inputs_schema, outputs_schema } = baseDefinition;
/** Samples about something else may change the inputs. */
const optionsOf = (id: string) => (id === "schema-agrees" ? { name, inputs_schema, outputs_schema } : { name });
const check = (text: string, id: string) => checkText(text, optionsOf(id)).diagnostics;
const samples = rulePages.flatMap(({ id, samples }) => samples.map((sample) => ({ ...sample, id })));
const named = samples.map((sample) => [`${sample.id}: ${sample.title}`, sample] as const);

describe("the rules", () => {
  it("have a page each, which says when a finding can be allowed or that it cannot", () => {
    expect(
      rulePages
        .slice(0, rules.length)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(rules.map(({ id }) => id).toSorted());
    for (const { id, allow } of rulePages)
      expect([id, /cannot be allowed/.test(allow)]).toEqual([id, !isAllowable(id)]);
  });

  it.each(named)("%s: the right way passes without a word", (_, sample) => {
    expect(check(withExcerpt(sample, sample.right ?? sample.at), sample.id)).toEqual([]);
  });

  it.each(named)("%s: the wrong way is found", (_, sample) => {
    const severity = sample.severity ?? rules.find(({ id }) => id === sample.id)?.severity ?? "error";
    const found = check(withExcerpt(sample, sample.wrong), sample.id).filter(({ rule }) => rule === sample.id);
    expect(found[0]).toMatchObject({ severity });
    for (const { line, column, end_line, end_column } of found) {
      expect(end_line > line || end_column > column).toBe(true);
    }
  });

  it.each(named.filter(([, sample]) => sample.fixed))("%s: all fixes together make it pass", (_, sample) => {
    const { text, applied } = applyAllFixes(withExcerpt(sample, sample.wrong), optionsOf(sample.id));
    expect(applied.length).toBeGreaterThan(0);
    expect(check(text, sample.id)).toEqual([]);
  });

  it.each(named.filter(([, sample]) => !sample.fixed))("%s: what cannot be fixed is not half fixed", (_, sample) => {
    const wrong = withExcerpt(sample, sample.wrong);
    expect(
      check(applyAllFixes(wrong, optionsOf(sample.id)).text, sample.id).some(({ rule }) => rule === sample.id),
    ).toBe(true);
  });
});
