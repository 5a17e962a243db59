import type { Diagnostic } from "@infraskill/contracts/diagnostic";

/** Findings of the YAML layer that need explaining. The pages themselves are too much to load for a list of findings. */
export const explainedYamlRules: ReadonlySet<string> = new Set([
  "duplicate-key",
  "invisible-character",
  "several-documents",
  "tag",
]);

/** Whether `/rules/<rule>` says something about a finding. */
export function hasPage({ source, rule }: Pick<Diagnostic, "source" | "rule">): boolean {
  return (source === "infraskill" && !unexplained.has(rule)) || (source === "yaml" && explainedYamlRules.has(rule));
}

const unexplained: ReadonlySet<string> = new Set(["check-failed", "no-skill"]);
