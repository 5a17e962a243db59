import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { expect, it } from "vitest";
import { applyEdits, mergeProblems } from "./problems.ts";

const at = (line: number, severity: Diagnostic["severity"], rule: string, fix: Diagnostic["fix"] = null): Diagnostic => ({
  source: "infraskill", severity, rule, message: rule, line, column: 1, end_line: line, end_column: 2, fix,
}); // prettier-ignore

it("shows one finding once, with its fix, errors first", () => {
  const fix = { title: "do it", edits: [] };
  expect(
    mergeProblems([at(3, "error", "a"), at(1, "warning", "b")], [at(3, "error", "a", fix), at(2, "error", "c")]),
  ).toEqual([at(2, "error", "c"), at(3, "error", "a", fix), at(1, "warning", "b")]);
});

it("applies several edits of one fix to the places they were meant for", () => {
  const edits = [
    { line: 1, column: 1, end_line: 1, end_column: 4, text: "ONE" },
    { line: 2, column: 2, end_line: 2, end_column: 2, text: "++" },
    { line: 9, column: 1, end_line: 9, end_column: 1, text: "end" },
  ];
  expect(applyEdits("one\ntwo\n", edits)).toBe("ONE\nt++wo\nend");
});
