import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { expect, it } from "vitest";
import { mergeProblems } from "./problems.ts";

const at = (line: number, severity: Diagnostic["severity"], rule: string, fix: Diagnostic["fix"] = null): Diagnostic => ({
  source: "infraskill", severity, rule, message: rule, line, column: 1, end_line: line, end_column: 2, fix,
}); // prettier-ignore

it("shows one finding once, with its fix, errors first", () => {
  const fix = { title: "do it", edits: [] };
  expect(
    mergeProblems([at(3, "error", "a"), at(1, "warning", "b")], [at(3, "error", "a", fix), at(2, "error", "c")]),
  ).toEqual([at(2, "error", "c"), at(3, "error", "a", fix), at(1, "warning", "b")]);
});
