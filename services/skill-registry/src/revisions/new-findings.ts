import type { Diagnostic } from "@infraskill/contracts/diagnostic";

/**
 * What newer rules find in a text that those of its review did not: errors and warnings at places where the same rule had said nothing as grave. The
 * text is the same, so places can be compared; words may change.
 */
export function newFindings(reviewed: readonly Diagnostic[], found: readonly Diagnostic[]): Diagnostic[] {
  const known = new Set(
    reviewed.flatMap((diagnostic) => graverOrEqual[diagnostic.severity].map((s) => key(diagnostic, s))),
  );
  return found.filter(
    (diagnostic) => diagnostic.severity !== "info" && !known.has(key(diagnostic, diagnostic.severity)),
  );
}

const graverOrEqual = {
  error: ["error", "warning"],
  warning: ["warning"],
  info: [],
} as const satisfies Record<Diagnostic["severity"], readonly Diagnostic["severity"][]>;

function key({ source, rule, line, column }: Diagnostic, severity: Diagnostic["severity"]): string {
  return JSON.stringify([source, rule, line, column, severity]);
}
