import type { Diagnostic, Severity } from "@infraskill/contracts/diagnostic";

const weights: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Diagnostics of the worker and of the server as one list: the same finding of the same rule at the same place shows once. */
export function mergeProblems(...lists: readonly (readonly Diagnostic[])[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const diagnostic of lists.flat()) {
    const key = [diagnostic.rule, diagnostic.line, diagnostic.column, diagnostic.message].join("\u0000");
    const known = found.get(key);
    if (known === undefined || (known.fix === null && diagnostic.fix !== null)) found.set(key, diagnostic);
  }
  return [...found.values()].toSorted(
    (a, b) => weights[a.severity] - weights[b.severity] || a.line - b.line || a.column - b.column,
  );
}
