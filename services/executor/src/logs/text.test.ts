import { expect, it } from "vitest";
import { toKeptLog } from "./text.ts";

const token = `ghs_${"a".repeat(36)}`;

it.each([
  [
    "keeps ANSI codes, groups and times",
    "\ufeff2026-05-01T12:00:00Z ##[group]Run\r\n\u001b[31mno\u001b[0m\n",
    "2026-05-01T12:00:00Z ##[group]Run\n\u001b[31mno\u001b[0m\n",
  ],
  ["hides what looks like a credential", `token ${token}\n`, "token [redacted]\n"],
  ["replaces what cannot be stored", "a\0b\ud800\n", "a\ufffdb\ufffd\n"],
])("%s", (_, text, kept) => {
  expect(toKeptLog({ text, truncated: false })).toBe(kept);
});

it("begins a cut log with a note and a whole line", () => {
  expect(toKeptLog({ text: "alf a line\nwhole\n", truncated: true })).toBe(
    "[infraskill keeps the last 8 MiB of a log; what came before is on GitHub]\nwhole\n",
  );
});
