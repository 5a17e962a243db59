import type { Diagnostic } from "@infraskill/contracts/diagnostic";

/**
 * `# infraskill: allow unpinned-action, our own action` on a finding's line, or alone on the line above it, turns that finding into a remark with the
 * reason; in JavaScript the comment begins with `//`. Without a reason it does nothing. A reviewer sees the comment in the pull request.
 */
export function applyAllowances(
  text: string,
  findings: readonly Diagnostic[],
  allowable: ReadonlySet<string>,
): Diagnostic[] {
  if (!text.includes("infraskill: allow")) return [...findings];
  const lines = text.split("\n");
  return findings.map((finding) => {
    if (!allowable.has(finding.rule)) return finding;
    const above = lines[finding.line - 2] ?? "";
    const reason =
      reasonFor(finding.rule, lines[finding.line - 1] ?? "") ??
      (/^\s*(?:#|\/\/)/.test(above) ? reasonFor(finding.rule, above) : undefined);
    return reason === undefined
      ? finding
      : { ...finding, severity: "info", message: `${finding.message} (allowed here: ${reason})`, fix: null };
  });
}

function reasonFor(rule: string, line: string): string | undefined {
  const found = /(?:#|\/\/)\s*infraskill: allow ([a-z-]+)[\s,:—-]+(\S.*?)\s*$/.exec(line);
  return found?.[1] === rule ? found[2] : undefined;
}
