import { describe, expect, it } from "vitest";
import { isNode, Lexer } from "yaml";
import { checkText } from "../src/check.ts";
import { readSkillFile } from "../src/file/read.ts";
import { applyAllFixes } from "../src/fix.ts";
import { rulePages } from "../src/rule-pages.ts";
import { baseDefinition, withExcerpt } from "../src/rule-pages/rule-page.ts";
import { oddWorkflows } from "./odd-workflows.ts";
import { realWorkflows } from "./real-workflows.ts";

const { name } = baseDefinition;
const samples = rulePages.flatMap(({ id, samples }) =>
  samples.map((sample) => [`${id}: ${sample.title}`, withExcerpt(sample, sample.wrong)] as const),
);
const real = realWorkflows().map(({ title, text }) => [title, text] as const);
const odd = Object.entries(oddWorkflows);
const comments = (text: string) => [...new Lexer().lex(text)].filter((token) => token.startsWith("#"));

/** How many findings each rule has, without remarks. */
function countsOf(text: string, options: object): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, severity } of checkText(text, options).diagnostics)
    if (severity !== "info") counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

/** Comments below `on:`, within triggers that a skill may not have, go with them. */
function withoutTriggers(text: string, applied: readonly { rule: string }[]): string {
  const { on } = readSkillFile(text);
  if (!isNode(on?.key) || !isNode(on.value) || !applied.some(({ rule }) => rule === "triggers")) return text;
  return text.slice(0, text.indexOf("\n", on.key.range![1])) + "\n" + text.slice(on.value.range![2]);
}

/** What is wrong with what the fixes make of a text; nothing, when it is as it must be. */
function faultsOf(text: string, options: object): string[] {
  const { text: fixed, applied } = applyAllFixes(text, options);
  const faults = checkText(fixed, options).diagnostics.flatMap(({ rule, fix }) =>
    fix === null ? [] : [`${rule} could still be fixed`],
  );
  if (applyAllFixes(fixed, options).text !== fixed) faults.push("a second time changes it again");
  if ((applied.length === 0) !== (fixed === text)) faults.push("it does not tell what it did");
  const before = countsOf(text, options);
  for (const [rule, count] of countsOf(fixed, options))
    if (count > (before.get(rule) ?? 0)) faults.push(`more of ${rule}`);
  const kept = comments(fixed);
  for (const comment of comments(withoutTriggers(text, applied))) {
    const at = kept.indexOf(comment);
    if (at < 0) faults.push(`lost ${comment}`);
    else kept.splice(at, 1);
  }
  return faults;
}

describe("all fixes together", { timeout: 120_000 }, () => {
  it.each([
    ["the failing samples of the rules", samples, { name }],
    ["workflows that people wrote", real, { contract: false }],
    ["workflows in odd shapes", odd, { contract: false }],
    ["workflows that people wrote, as skills", real, { name }],
    ["workflows in odd shapes, as skills", odd, { name }],
  ] as const)("leave nothing to fix, add no finding and lose no comment: %s", (_, files, options) => {
    const wrong = files.flatMap(([title, text]) => faultsOf(text, options).map((fault) => `${title}: ${fault}`));
    expect(wrong).toEqual([]);
    expect(files.length).toBeGreaterThan(30);
  });

  it("make a skill of a workflow with one job, in block style, in braces and as JSON", () => {
    const names = ["four columns", "everything on one line", "JSON", "comments everywhere"];
    for (const title of names) {
      const { text } = applyAllFixes(oddWorkflows[title]!, { name });
      expect([title, checkText(text, { name }).diagnostics.filter(({ severity }) => severity === "error")]).toEqual([
        title,
        [],
      ]);
    }
  });

  it("begin no claim and no report where it is not known which job does the work", () => {
    const step = "    runs-on: ubuntu-latest\n    timeout-minutes: 5\n    steps:\n      - run: make\n";
    const text = `on: push\npermissions: {}\njobs:\n  build:\n${step}  test:\n${step}`;
    const { text: fixed, applied } = applyAllFixes(text, { name });
    expect(applied.map(({ rule }) => rule)).not.toContain("claim-job");
    expect(fixed).toContain(`jobs:\n  build:\n${step}  test:\n${step}`);
    const told = checkText(fixed, { name }).diagnostics.filter(({ rule }) => rule === "report-job");
    expect(told[0]?.message).toContain("Name the job that does the work execute");
  });

  it("leave a job its name that another one needs", () => {
    const job = "    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
    const text = `on: workflow_dispatch\njobs:\n  build:\n${job}  report:\n    needs: build\n${job}`;
    expect(applyAllFixes(text, { name }).text).toContain("\n  build:\n");
  });
});
