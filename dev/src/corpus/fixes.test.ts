import { checkText } from "@infraskill/workflow/check";
import { applyAllFixes } from "@infraskill/workflow/fix";
import { describe, expect, it } from "vitest";
import { corpus } from "./corpus.ts";
import { heldOutCorpus } from "./held-out.ts";

const files = [...corpus(), ...heldOutCorpus()];
const options = { name: "corpus" };
const blocking = (text: string) => checkText(text, options).diagnostics.filter(({ severity }) => severity !== "info");

describe("applying all fixes", { timeout: 120_000 }, () => {
  it("gives a file that passes where every finding has a fix, and finds nothing more to do the second time", () => {
    let passing = 0;
    for (const { title, text } of files.filter(({ label }) => label === "vulnerable")) {
      const found = blocking(text);
      const { text: fixed, applied } = applyAllFixes(text, options);
      const left = blocking(fixed);
      expect([title, left.length <= found.length]).toEqual([title, true]);
      expect([title, applyAllFixes(fixed, options)]).toEqual([title, { text: fixed, applied: [] }]);
      // What no fix touches is not rewritten.
      expect([title, applied.length === 0]).toEqual([title, fixed === text]);
      expect([title, checkText(fixed, options).diagnostics.filter(({ fix }) => fix !== null)]).toEqual([title, []]);
      const rules = new Set(found.map(({ rule }) => rule));
      expect([title, left.filter(({ rule }) => !rules.has(rule))]).toEqual([title, []]);
      const all_fixable = found.every(({ fix }) => fix !== null);
      expect([title, all_fixable ? left : []]).toEqual([title, []]);
      if (all_fixable && found.length > 0) passing++;
    }
    expect(passing).toBeGreaterThan(60);
  });

  it("leaves the safe twins as they are", () => {
    for (const { title, text } of files.filter(({ label }) => label === "safe")) {
      expect([title, applyAllFixes(text, options)]).toEqual([title, { text, applied: [] }]);
    }
  });
});
