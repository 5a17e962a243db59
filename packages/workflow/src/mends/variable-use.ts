import { isScalar, Scalar } from "yaml";
import type { EmbeddedExpression } from "../file/embedded-expressions.ts";
import type { Located } from "../file/source.ts";
import type { Quoting } from "../shell/quoting.ts";

/** What takes the place of an expression in code. `opens` and `closes`: the quote right before, and the one right behind, goes as well. */
export type VariableUse = { readonly code: string; readonly opens: boolean; readonly closes: boolean };

/** Single quotes are closed before the variable and opened again behind it, or go where nothing else stands between them. */
export function useInShell(
  run: Located<string>,
  { from, to }: EmbeddedExpression,
  quoting: Quoting,
  name: string,
): VariableUse | undefined {
  // At the start of a plain scalar a quote would make it a quoted one.
  if (from === 0 && isScalar(run.node) && run.node.type === Scalar.PLAIN) return undefined;
  const quoted = `"$${name}"`;
  switch (quoting) {
    case "none":
      return { code: quoted, opens: false, closes: false };
    case "single": {
      const [opens, closes] = [run.value[from - 1] === "'", run.value[to] === "'"];
      return { code: `${opens ? "" : "'"}${quoted}${closes ? "" : "'"}`, opens, closes };
    }
    case "double":
    case "heredoc":
      return { code: /\w/.test(run.value[to] ?? "") ? `\${${name}}` : `$${name}`, opens: false, closes: false };
  }
}

/** `"${{ x }}"` becomes `process.env.X`; in a template string it becomes a part of it. */
export function useInJavaScript(
  code: Located<string>,
  { from, to }: EmbeddedExpression,
  name: string,
): VariableUse | undefined {
  const type = isScalar(code.node) ? code.node.type : undefined;
  if (type !== Scalar.BLOCK_LITERAL) return undefined;
  const before = code.value[from - 1] ?? "";
  const after = code.value[to] ?? "";
  const variable = `process.env.${name}`;
  if (before === after && `"'\``.includes(before) && before !== "")
    return { code: variable, opens: true, closes: true };
  const line = code.value.slice(code.value.lastIndexOf("\n", from) + 1, from);
  const isOpen = (quote: string) => (line.split(quote).length - 1) % 2 === 1;
  if (isOpen("`")) return { code: `\${${variable}}`, opens: false, closes: false };
  return isOpen('"') || isOpen("'") ? undefined : { code: variable, opens: false, closes: false };
}
