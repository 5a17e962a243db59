import { codeInArithmetic } from "../dangers/arithmetic.ts";
import { codeInJavaScript } from "../dangers/program-code.ts";
import { codeInShell } from "../dangers/shell-code.ts";
import type { Scope } from "../values/control.ts";

/** Whether a change of a script makes a variable code for a program that the script runs: then it mends nothing. */
export function becomesCode(before: string, after: string, scope: Scope, language: "shell" | "JavaScript"): boolean {
  const found = (script: string) =>
    language === "JavaScript"
      ? codeInJavaScript(script, scope).length
      : codeInShell(script, scope).length + codeInArithmetic(script, scope).length;
  const in_after = found(after);
  return in_after > 0 && in_after > found(before);
}
