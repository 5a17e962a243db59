import type { Diagnostic, Severity } from "@infraskill/contracts/diagnostic";
import { codeSpan, table } from "./markdown.ts";

/** What all layers of the checks have to say, the gravest first. */
export function describeFindings(diagnostics: readonly Diagnostic[]): string {
  const rows = [...diagnostics]
    .sort((a, b) => gravity[a.severity] - gravity[b.severity])
    .map(({ severity, source, rule, line, message }) => [
      severity,
      source,
      codeSpan(rule, 40),
      String(line),
      codeSpan(message, 250),
    ]);
  return rows.length === 0 ? "Nothing to remark." : table(["severity", "from", "rule", "line", "finding"], rows);
}

const gravity = { error: 0, warning: 1, info: 2 } as const satisfies Record<Severity, number>;
