import { describe, expect, it } from "vitest";
import { prefersJson, renderLog } from "./log-text.ts";

describe("prefersJson", () => {
  it.each([
    [undefined, false],
    ["*/*", false],
    ["text/plain", false],
    ["application/json", true],
    ["application/json, text/plain", false],
    ["application/json, text/plain;q=0.5", true],
    ["application/*, */*;q=0.1", true],
    ["text/html, application/xhtml+xml, */*;q=0.8", false],
    ["application/json;q=nonsense", true],
    ["application/json;q=0", false],
    ["", false],
    [",;/=", false],
  ])("with Accept %j is %s", (accept, expected) => {
    expect(prefersJson(accept)).toBe(expected);
  });
});

describe("renderLog", () => {
  const job = (name: string, ...lines: string[]) => ({
    job_id: 1,
    name,
    conclusion: null,
    lines: lines.map((text, index) => ({ line: index + 1, text })),
  });
  it.each([
    ["nothing", [], ""],
    ["one job as its lines", [job("execute", "a", "b")], "a\nb\n"],
    ["several under their names", [job("claim", "a"), job("execute")], "# claim\na\n# execute\n"],
  ])("shows %s", (_what, jobs, text) => {
    expect(renderLog({ complete: true, jobs })).toBe(text);
  });
});
