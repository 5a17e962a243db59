import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, table } from "./markdown.ts";

describe("codeSpan", () => {
  it.each([
    ["plain", "` plain `"],
    ["@octocat fixes #1", "` @octocat fixes #1 `"],
    ["a `b` ``c``", "``` a `b` ``c`` ```"],
    ["two\r\nlines\u2028here", "` two lines here `"],
    ["a|b", "` a\\|b `"],
    ["a\\|b\\", "` a\\｜b\\ `"],
    [" \n ", ""],
    ["a\u202eb", "` a\\u202eb `"],
    ["prod\u200b \u{e0041}\u0007", "` prod\\u200b \\u{e0041}\\u0007 `"],
  ])("shows %j as it is", (text, shown) => {
    expect(codeSpan(text)).toBe(shown);
  });

  it("cuts what is too long", () => {
    expect(codeSpan("x".repeat(400), 10)).toBe("` xxxxxxxxx… `");
  });
});

describe("codeBlock", () => {
  it("cannot be ended by its text", () => {
    expect(codeBlock("```\n# out\u0007\u2066")).toBe("````text\n```\n# out\\u0007\\u2066\n````");
  });
});

describe("table", () => {
  it("has a header, a rule and rows", () => {
    expect(table(["a", "b"], [["1", "2"]])).toBe("| a | b |\n| --- | --- |\n| 1 | 2 |");
  });

  it("says what it leaves out", () => {
    const lines = table(
      ["n"],
      Array.from({ length: 32 }, (_, n) => [String(n)]),
    ).split("\n");
    expect(lines).toHaveLength(34);
    expect(lines.at(-1)).toBe("… and 2 more.");
  });
});
