import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { templates } from "../templates.ts";
import { checkPattern, matchesPattern } from "./pattern.ts";

const patterns = [
  "^[a-z][a-z0-9-]*$", "^a|b$", "(a+)+$", "^(a|a)*$", "^(a*)*b", "a{2,3}", "^(?:ab?){2}$", "^[^\\s/]+$", "\\d{3}", "x?", "", "^$", "^.$", "\\bfoo\\b", "\\Boo",
  "^https?://[^\\s]+$", "[\\]\\-a]", "^\\p{Lu}\\w*$", "^(?<year>\\d{4})-(0[1-9]|1[0-2])$", "\\u0061\\x62\\u{63}", "^(a|b(c|d)*)+$", "a.c", "^\\.\\*$", "[.]", "a*?b+?",
]; // prettier-ignore

describe("a pattern", () => {
  it("matches what the language's own expressions match", () => {
    const texts = string({
      unit: constantFrom(
        "a",
        "b",
        "c",
        "f",
        "o",
        "x",
        "Z",
        "0",
        "1",
        "-",
        "/",
        ".",
        "*",
        " ",
        "\n",
        "é",
        "\u{1f600}",
        "]",
      ),
      maxLength: 12,
    });
    assert(
      property(constantFrom(...patterns), texts, (pattern, text) => {
        expect(matchesPattern(pattern, text)).toBe(new RegExp(pattern, "u").test(text));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    "(a+)+$",
    "^(a|a)*$",
    "^(a*)*b$",
    "^a*a*a*a*a*a*a*b$",
    "^([a-z]+)*[0-9]$",
    "^(a|aa)+$",
    "(.*)*x",
    "^[a-z]{1,500}b$",
  ])("%s takes time in proportion to the value", (pattern) => {
    expect(checkPattern(pattern)).toBeUndefined();
    const started = performance.now();
    expect(matchesPattern(pattern, `${"a".repeat(20_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([
    ["refers back", "(a)\\1", "refer back"],
    ["looks ahead", "(?=a)", "look ahead"],
    ["looks behind", "(?<!a)b", "look ahead or behind"],
    ["is too large", "(a{1,100}){1,100}", "too large"],
    ["is none", "(", "Is not a regular expression"],
    ["is endless", "a".repeat(501), "500 characters"],
  ])("that %s is refused", (_, pattern, detail) => {
    expect(checkPattern(pattern)).toContain(detail);
  });

  it("is understood in every starter", () => {
    const used = templates.flatMap(
      ({ inputs_schema }) => JSON.stringify(inputs_schema).match(/"pattern":"(?:[^"\\]|\\.)*"/g) ?? [],
    );
    expect(used.length).toBeGreaterThan(20);
    for (const pattern of used)
      expect(checkPattern((JSON.parse(`{${pattern}}`) as { pattern: string }).pattern)).toBeUndefined();
  });
});
