import { expect, it } from "vitest";
import { MAX_REPORT_BYTES, sizeInReport, toKeptLog } from "./text.ts";

const token = `ghs_${"a".repeat(36)}`;
const note = "[only the end of this log is kept; what came before is on GitHub]\n";

it.each([
  [
    "keeps ANSI codes, groups and times",
    "\ufeff2026-05-01T12:00:00Z ##[group]Run\r\n\u001b[31mno\u001b[0m\n",
    "2026-05-01T12:00:00Z ##[group]Run\n\u001b[31mno\u001b[0m\n",
  ],
  ["hides what looks like a credential", `token ${token}\n`, "token [redacted]\n"],
  ["replaces what cannot be stored", "a\0b\ud800\n", "a\ufffdb\ufffd\n"],
])("%s", (_, text, kept) => {
  expect(toKeptLog({ text, truncated: false }, MAX_REPORT_BYTES)).toBe(kept);
});

it("begins a cut log with a note and a whole line", () => {
  expect(toKeptLog({ text: "alf a line\nwhole\n", truncated: true }, MAX_REPORT_BYTES)).toBe(`${note}whole\n`);
});

it.each([
  ["a line", `${token.slice(4)} is the token\nwhole ${token}\n`, "whole [redacted]\n"],
  ["one endless line", `${token.slice(4)} is the token\n`, " is the token\n"],
])("leaves nothing of a credential that the cut went through in %s", (_, text, kept) => {
  expect(toKeptLog({ text, truncated: true }, MAX_REPORT_BYTES)).toBe(note + kept);
});

it.each([
  ["plain lines", "line of a log\n", 10_000],
  ["lines of escapes", "\u001b[31m\u001b[0m\n", 10_000],
  ["lines outside ASCII", "äöü\n", 10_000],
  ["one endless line", "x", 10_000],
  ["hardly any room", "line\n", 100],
])("fits %s into the room left, at their end", (_, line, room) => {
  const kept = toKeptLog({ text: `${line.repeat(20_000)}the end\n`, truncated: false }, room);
  expect(kept.startsWith(note)).toBe(true);
  expect(sizeInReport(kept)).toBeLessThanOrEqual(room);
  expect(kept.endsWith("the end\n")).toBe(true);
});
