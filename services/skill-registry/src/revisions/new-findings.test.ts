import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { describe, expect, it } from "vitest";
import { newFindings } from "./new-findings.ts";

const found = (given: Partial<Diagnostic> = {}): Diagnostic => ({
  source: "infraskill",
  severity: "warning",
  rule: "permissions",
  message: "m",
  line: 3,
  column: 5,
  end_line: 3,
  end_column: 9,
  fix: null,
  ...given,
});

describe("newFindings", () => {
  it.each<[string, Diagnostic[], Diagnostic, boolean]>([
    ["what nobody had found", [], found(), true],
    ["the same in other words", [found({ message: "old" })], found(), false],
    ["the same at another place", [found({ line: 4 })], found(), true],
    ["what another rule says there", [found({ rule: "triggers" })], found(), true],
    ["a warning that has become an error", [found()], found({ severity: "error" }), true],
    ["an error that is a warning now", [found({ severity: "error" })], found(), false],
    ["a remark that has become a warning", [found({ severity: "info" })], found(), true],
    ["a remark", [], found({ severity: "info" }), false],
  ])("judges %s", (_, reviewed, today, is_new) => {
    expect(newFindings(reviewed, [today])).toEqual(is_new ? [today] : []);
  });
});
