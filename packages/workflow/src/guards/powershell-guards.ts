import { anyChars, type Charset } from "../chars/charset.ts";
import { charsMatched } from "../chars/pattern-chars.ts";
import type { Guards } from "./shell-guards.ts";

/** From where to where a check leaves a variable with some characters. */
type Checked = { readonly name: string; readonly chars: Charset; readonly from: number; readonly to: number };

/**
 * The checks of a script for PowerShell that end the run otherwise: `if ($env:X -notmatch '\A[a-z]+\z') { throw … }`. They hold up to the end of the block that
 * they stand in, or another value of the variable. `$` lets a last line break through; alone it brings no code, and sets no other variable.
 */
export function powershellGuards(script: string): Guards {
  const checks = [...script.matchAll(check)].map((match): Checked => {
    const { name = "", pattern = "" } = match.groups!;
    const from = match.index;
    return { name, chars: charsMatched(pattern, "extended"), from, to: endOfBlock(script, from, name) };
  });
  const charsAt = (at: number, name: string) =>
    checks
      .filter((found) => found.name === name && found.from <= at && at < found.to)
      .reduce((left, { chars }) => left & chars, anyChars);
  return { charsAt, charsAfter: (name) => charsAt(script.length, name) };
}

const check =
  /\bif\s*\(\s*\$(?:env:)?(?<name>\w+)\s+-c?notmatch\s+(?<quote>["'])(?<pattern>[^"'\n]+)\k<quote>\s*\)\s*\{[^{}]*\b(?:throw|exit)\b/gi;

function endOfBlock(script: string, from: number, name: string): number {
  const assigned = new RegExp(`\\$(?:env:)?${name}\\s*=`, "gi");
  assigned.lastIndex = from;
  const changed = assigned.exec(script)?.index ?? script.length + 1;
  let depth = 0;
  for (let i = from; i < changed && i < script.length; i++) {
    if (script[i] === "{") depth++;
    else if (script[i] === "}" && --depth < 0) return i;
  }
  return changed;
}
