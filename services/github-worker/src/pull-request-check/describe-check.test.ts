import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { describe, expect, it } from "vitest";
import { describeCheck } from "./describe-check.ts";

const found = (given: Partial<Diagnostic> = {}): Diagnostic => ({
  source: "infraskill",
  severity: "error",
  rule: "template-injection",
  message: "m",
  line: 3,
  column: 5,
  end_line: 3,
  end_column: 9,
  fix: null,
  ...given,
});

describe("a verdict as a check run", () => {
  it("succeeds for a valid text, and counts its remarks", () => {
    expect(describeCheck("p", { valid: true, hash: "h", diagnostics: [] })).toMatchObject({
      conclusion: "success",
      output: { title: "The skill file is valid", annotations: [] },
    });
    const remarks = [found({ severity: "warning" }), found({ severity: "info" })];
    expect(describeCheck("p", { valid: true, hash: "h", diagnostics: remarks }).output.title).toBe(
      "The skill file is valid, with 2 remarks",
    );
  });

  it("fails with a note on each line concerned, with columns where GitHub takes them", () => {
    const { conclusion, output } = describeCheck("p", {
      valid: false,
      hash: "h",
      diagnostics: [found(), found({ end_line: 4, severity: "info" })],
    });
    expect(conclusion).toBe("failure");
    expect(output.title).toBe("The skill file has 1 error");
    expect(output.annotations).toEqual([
      {
        path: "p",
        start_line: 3,
        end_line: 3,
        start_column: 5,
        end_column: 8,
        annotation_level: "failure",
        title: "template-injection",
        message: "m",
      },
      { path: "p", start_line: 3, end_line: 4, annotation_level: "notice", title: "template-injection", message: "m" },
    ]);
  });

  it("shows as many notes as GitHub takes, and says how many more there are", () => {
    const { output } = describeCheck("p", {
      valid: false,
      hash: "h",
      diagnostics: Array.from({ length: 60 }, () => found()),
    });
    expect(output.annotations).toHaveLength(50);
    expect(output.summary).toContain("10 more than can be shown here.");
  });
});
