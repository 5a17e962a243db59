import { describe, expect, it } from "vitest";
import { anyChars, asciiOf, charsOf } from "./charset.ts";
import {
  charsMatched,
  charsOfGlob,
  charsOfTr,
  charsOutsideGlob,
  charsUnmatched,
  type Dialect,
} from "./pattern-chars.ts";

const shown = (set: bigint) => (set === anyChars ? "any" : asciiOf(set).join(""));

describe("the characters of what matches a pattern", () => {
  it.each<[string, string, Dialect?]>([
    ["^[a-c]+$", "abc"],
    ["^(web|db-[0-2]{1,3})$", "-012bdew"],
    ["^[c\\;]+$", ";c"],
    ["^[Y-b]$", "YZ[\\]^_`ab"],
    ["^[]a]$", "]a"],
    ["^[a-]$", "-a"],
    ["^a\\.b\\$$", "$.ab"],
    ["^[[:digit:]]+(\\.[[:digit:]]+)*$", ".0123456789"],
    ["\\Aab\\z", "ab"],
    ["^(?:a|b)(?=c)$", "abc"],
    ["^(?<part>a)$", "a"],
    ["^[\\d.]$", ".0123456789"],
    ["^a{2}$", "a"],
    ["^a+$", "+a", "basic"],
    ["^a\\+\\(b\\)$", "ab", "basic"],
    ["^[a\\.]$", ".\\a", "posix"],
    ["^.$", "any"],
    ["^[^;]$", shown(anyChars & ~charsOf(";"))],
    ["^\\S$", "any"],
    ["^\\x61$", "any"],
    ["^[a$", "any"],
    ["[a-z]+", "any"],
    ["^[a-z]+", "any"],
    ["^[a-z]+\\$", "any"],
    ["^web|api$", "any"],
    ["^a$|^b$", "any"],
  ])("%s", (pattern, wanted, dialect = "extended") => {
    expect(shown(charsMatched(pattern, dialect))).toBe(wanted);
  });

  it.each([
    ["web", "bew"],
    ["+([a-c])", "abc"],
    ["@(web|a.b)", ".abew"],
    ["v[0-2].\\*", "*.012v"],
    ["web*", "any"],
    ["we?", "any"],
    ["!(web)", "any"],
  ])("%s of file names", (pattern, wanted) => {
    expect(shown(charsOfGlob(pattern))).toBe(wanted);
  });

  it.each([
    ["a-c", "abc"],
    ["[:digit:]-", "-0123456789"],
    ["a\\n", "\na"],
    ["[ab]", "[]ab"],
    ["^a", "^a"],
  ])("%s of tr", (set, wanted) => {
    expect(shown(charsOfTr(set))).toBe(wanted);
  });
});

describe("the characters of what does not match", () => {
  it.each([
    ["*[!a-c]*", "abc"],
    ["*[^a-c]*", "abc"],
    ["*", "any"],
    ["*a", "any"],
    ["*ab*", "any"],
  ])("%s of file names", (pattern, wanted) => {
    expect(shown(charsOutsideGlob(pattern))).toBe(wanted);
  });

  it.each([
    ["[^a-c]", "abc"],
    ["[^a-c]+", "abc"],
    ["[^a-c]*", "any"],
    ["[^a-c]x", "any"],
    ["^[^a-c]", "any"],
    [".", "any"],
  ])("%s", (pattern, wanted) => {
    expect(shown(charsUnmatched(pattern, "extended"))).toBe(wanted);
  });

  it("leaves all but one", () => {
    expect(charsOutsideGlob("*;*")).toBe(anyChars & ~charsOf(";"));
    expect(charsUnmatched("\\;", "extended")).toBe(anyChars & ~charsOf(";"));
  });
});
