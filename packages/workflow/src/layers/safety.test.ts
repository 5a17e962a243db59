import { describe, expect, it } from "vitest";
import { checkText } from "../check.ts";
import { maxFileLength } from "./safety.ts";

const rulesOf = (text: string) => checkText(text).diagnostics.map(({ rule }) => rule);

describe("a text that could hurt a parser", () => {
  it.each([
    ["one megabyte", "a: b\n".repeat(200_000), "too-large"],
    ["nothing", " \n", "empty"],
    ["a NUL character", "name: a\0b\n", "invisible-character"],
    ["half a character", "name: \ud800\n", "encoding"],
    ["text that runs the other way", "name: a # \u202e\n", "invisible-character"],
    ["a thousand open brackets", "[".repeat(1000), "too-deep"],
    ["brackets on lines of their own", "[\n".repeat(1000), "too-deep"],
    ["nested flow mappings", "{a: ".repeat(1000), "too-deep"],
    ["a thousand dashes", `${"- ".repeat(1000)}a`, "too-deep"],
    ["a thousand question marks", `${"? ".repeat(1000)}a`, "too-deep"],
    ["deep indentation", Array.from({ length: 300 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"), "too-deep"],
    ["endless small tokens", "a: b\n".repeat(40_000), "too-complex"],
    ["many aliases", `a: &a x\n${"b: *a\n".repeat(200)}`, "too-many-aliases"],
    [
      "aliases of aliases",
      `a: &a0 [x, x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &a${i + 1} [*a${i}, *a${i}]`).join("\n")}\n`,
      "alias-expansion",
    ],
    ["an alias inside itself", "a: &a\n  - *a\n", "alias-cycle"],
    ["several documents", "name: a\n---\nname: b\n", "several-documents"],
    ["the same key twice", "name: a\nname: b\n", "duplicate-key"],
    ["a directive", "%YAML 1.1\n---\non: push\n", "directive"],
    ["a tag", "name: !js/function x\n", "tag"],
    ["a mapping as a key", "? {a: b}\n: c\n", "complex-key"],
    ["broken YAML", "name: [a\n", "syntax"],
    ["an unknown alias", "name: *x\n", "syntax"],
  ])("%s is named and goes no further", (_, text, rule) => {
    const { safe, diagnostics } = checkText(text);
    expect(diagnostics.map((found) => found.rule)).toContain(rule);
    expect(safe).toBe(false);
  });

  it("is judged in a moment, however it is made", () => {
    const fills = [
      "[",
      "{a: ",
      "- ",
      "? ",
      "a: b\n",
      "a:\n",
      "!a ",
      "&a ",
      '"',
      "'",
      ":",
      "#\n",
      "---\n",
      "\n",
      " ",
      "*a ",
      "${{",
      "|\n ",
      "\u202e",
    ];
    const slow = fills.filter((fill) =>
      [maxFileLength, 1_048_576].some((length) => {
        const text = fill.repeat(Math.floor(length / fill.length));
        const started = performance.now();
        checkText(text);
        return performance.now() - started > 1000;
      }),
    );
    expect(slow).toEqual([]);
  });

  it("may be a script with unusual but harmless content", () => {
    const run = "  if [[ -n $x ]]; then echo '[[[[' \"{{{{\" `y`; fi # *a &b !c %d\n".repeat(100);
    expect(
      rulesOf(
        `on: workflow_dispatch\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n${run.replaceAll(/^/gm, "        ")}`,
      ),
    ).not.toContain("too-deep");
    expect(checkText("name: Zo\u00eb \u{1f469}\u200d\u{1f4bb}\n").safe).toBe(true);
  });
});
