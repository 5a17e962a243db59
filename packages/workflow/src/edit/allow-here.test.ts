import { expect, it } from "vitest";
import { checkText } from "../check.ts";
import { isAllowable } from "../rule-explanation.ts";
import { rulePages } from "../rule-pages.ts";
import { baseDefinition, withExcerpt } from "../rule-pages/rule-page.ts";
import { generateSkillFile } from "../skill/generate.ts";
import { allowHere, isReason } from "./allow-here.ts";
import { applyEdits } from "./splice.ts";

const { name } = baseDefinition;
const find = (text: string) => checkText(text, { name }).diagnostics.filter(({ severity }) => severity !== "info");
const samples = rulePages
  .filter(({ id }) => isAllowable(id))
  // What stands in a heredoc can take no comment of the script's, see below.
  .flatMap(({ id, samples }) =>
    samples
      .filter(({ wrong }) => !wrong.includes("<<"))
      .map((sample) => [`${id}: ${sample.title}`, id, sample] as const),
  );

it.each(samples)("%s: one comment for each finding allows them, and nothing else is found", (_, id, sample) => {
  let text = withExcerpt(sample, sample.wrong);
  const others = find(text).filter(({ rule }) => rule !== id).length;
  for (let finding = next(); finding !== undefined; finding = next()) {
    const edit = allowHere(text, finding, "as agreed with the team");
    expect(edit).toBeDefined();
    const allowed = applyEdits(text, [edit!]);
    expect(find(allowed).length).toBeLessThan(find(text).length);
    text = allowed;
  }
  expect(find(text).length).toBe(others);
  expect(text).toMatch(new RegExp(`(?:#|//) infraskill: allow ${id}, as agreed with the team\n`));

  function next() {
    return find(text).find(({ rule }) => rule === id);
  }
});

const base = generateSkillFile(baseDefinition);
const withScript = (script: string) =>
  base.replace("    steps:\n", `    steps:\n      - id: odd\n${script.replaceAll(/^/gm, "        ")}\n`);

it.each([
  ["a heredoc", "run: |\n  cat <<END\n  here\n  END", false],
  ["a command that goes on", "run: |\n  echo \\\n  here", false],
  ["a pipe that goes on", "run: |\n  cat file |\n  here", false],
  ["a quote that goes on", "run: |\n  echo 'a\n  here'", false],
  ["a folded script", "run: >-\n  echo\n  here", false],
  ["another language", "run: |\n  x := 1\n  here\nshell: go run {0}", false],
  ["Python", "run: |\n  a = 1\n  here\nshell: python", true],
  ["a text of several lines in Python", "run: |\n  a = '''\n  here\n  '''\nshell: python", false],
  ["Node.js", "run: |\n  let a = 1\n  here\nshell: node {0}", true],
  ["a text of several lines in Node.js", "run: |\n  let a = `\n  here`\nshell: node {0}", false],
  ["a value of several lines", "run: 'true'\nenv:\n  TEXT: |\n    one\n    here", false],
  ["a line of its own", "run: |\n  echo 'a'\n  here", true],
  ["a setting", "run: 'true'\nenv:\n  here: a", true],
])("in %s a comment is put: %s", (_, script, can) => {
  const text = withScript(script);
  const line = text.split("\n").findIndex((each) => each.trim().startsWith("here")) + 1;
  const edit = allowHere(text, { rule: "secret-literal", line }, "a reason");
  expect(edit !== undefined).toBe(can);
});

it("keeps the line ends of the file", () => {
  const edit = allowHere(base.replaceAll("\n", "\r\n"), { rule: "permissions", line: 3 }, "a reason");
  expect(edit?.text).toBe("# infraskill: allow permissions, a reason\r\n");
});

it.each([
  ["", false],
  [" - ", false],
  ["two\nlines", false],
  ["by ${{ github.actor }}", false],
  ["öffentlich", true],
])("takes %j for a reason: %s", (reason, fits) => {
  expect(isReason(reason)).toBe(fits);
  expect(allowHere(base, { rule: "permissions", line: 3 }, reason) !== undefined).toBe(fits);
});
