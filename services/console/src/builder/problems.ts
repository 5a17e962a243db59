import type { Diagnostic, Edit, Severity } from "@infraskill/contracts/diagnostic";

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

/** Applies the edits of a fix, last one first so that the places of the others stay right. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number): number =>
    Math.min((starts[line - 1] ?? text.length) + column - 1, text.length);
  return edits
    .map((edit) => ({
      from: offset(edit.line, edit.column),
      to: offset(edit.end_line, edit.end_column),
      text: edit.text,
    }))
    .toSorted((a, b) => b.from - a.from)
    .reduce((result, { from, to, text }) => result.slice(0, from) + text + result.slice(to), text);
}
