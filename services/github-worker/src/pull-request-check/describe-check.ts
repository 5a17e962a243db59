import type { Diagnostic, Validation } from "@infraskill/contracts/diagnostic";

/** GitHub takes 50 annotations with a request. https://docs.github.com/rest/checks/runs#create-a-check-run */
const MOST_ANNOTATIONS = 50;

const levels = { error: "failure", warning: "warning", info: "notice" } as const;

/** What a check run shows about a verdict: a conclusion, a sentence, and a note on each line concerned. */
export function describeCheck(path: string, { valid, hash, diagnostics }: Validation) {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const others = diagnostics.length - errors;
  const title = valid
    ? others === 0
      ? "The skill file is valid"
      : `The skill file is valid, with ${count(others, "remark")}`
    : `The skill file has ${count(errors, "error")}`;
  const hidden = diagnostics.length - MOST_ANNOTATIONS;
  return {
    conclusion: valid ? ("success" as const) : ("failure" as const),
    output: {
      title,
      summary: [
        `${path}, text with the SHA-256 ${hash}.`,
        valid ? "" : "As it stands it cannot become active after a merge.",
        hidden > 0 ? `${hidden} more than can be shown here.` : "",
      ]
        .filter((sentence) => sentence !== "")
        .join(" "),
      annotations: diagnostics.slice(0, MOST_ANNOTATIONS).map((found) => annotate(path, found)),
    },
  };
}

export type StatusDescription = { readonly state: "success" | "failure"; readonly description: string };

/** The same as a commit status, which has room for 140 characters. */
export function describeStatus(path: string, validation: Validation): StatusDescription {
  const { conclusion, output } = describeCheck(path, validation);
  return { state: conclusion, description: `${output.title} (SHA-256 ${validation.hash.slice(0, 12)}…)` };
}

function annotate(path: string, { severity, rule, message, line, column, end_line, end_column }: Diagnostic) {
  // Columns are allowed on a single line only, and the last one counts as inside.
  const columns = line === end_line ? { start_column: column, end_column: Math.max(column, end_column - 1) } : {};
  return {
    path,
    start_line: line,
    end_line,
    ...columns,
    annotation_level: levels[severity],
    title: rule,
    message: message.slice(0, 4_000).toWellFormed(),
  };
}

function count(number: number, word: string): string {
  return number === 1 ? `1 ${word}` : `${number} ${word}s`;
}
