import { isNarrow } from "./narrow-pattern.ts";

/** Commands behind which a script does not go on; `fail` and `die` are what people call their own. */
export const runEnders = /^(?:exit|return|fail|die|continue|break)$/;

/** `$A =~ ^…$ && $B == web`: what is known of the variables when all of it is true. */
export function knownIfTrue(inner: string): readonly string[] {
  return inAll(inner.split(/\s\|\|\s/).map((part) => part.split(/\s&&\s/).flatMap((atom) => knownBy(atom, true))));
}

export function knownIfFalse(inner: string): readonly string[] {
  return inner.split(/\s\|\|\s/).flatMap((part) => inAll(part.split(/\s&&\s/).map((atom) => knownBy(atom, false))));
}

function inAll([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((name) => others.every((names) => names.includes(name)));
}

/** One comparison: `$X =~ ^[a-z-]+$`, `$X == web`, `-z "$X"`, or with `!`, `!=` or `-n` what is known when it is false. */
function knownBy(atom: string, value: boolean): readonly string[] {
  const empty = /^(!\s*)?(?:(-[nz])\s+)?"?\$\{?([A-Za-z_]\w*)(?::?-)?\}?"?$/.exec(atom.trim());
  if (empty !== null) return ((empty[1] === undefined) === (empty[2] === "-z")) === value ? [empty[3]!] : [];
  const found = /^(!\s*)?"?\$\{?([A-Za-z_]\w*)(?::?-)?\}?"?\s+(=~|==?|!=)\s+(.+)$/.exec(atom.trim());
  if (found === null) return [];
  const [, not, name, operator, right] = found;
  if (((not === undefined) === (operator !== "!=")) !== value) return [];
  const known = operator === "=~" ? isNarrow(/^\^(.+)\$$/.exec(right!)?.[1] ?? ".") : isLiteral(right!);
  return known ? [name!] : [];
}

/**
 * Of an arm of a `case`: whether what is `taken` is one of the texts that it names, and what is `left` for the arms behind it: nothing after `*`, and
 * after `*[!a-z]*` only texts of those characters.
 */
export function isNarrowArm(patterns: string): { taken: boolean; left: "nothing" | "narrow" | "anything" } {
  const alternatives = patterns
    .replace(/^\s*\(/, "")
    .split("|")
    .map((pattern) => pattern.trim());
  const left = alternatives.includes("*")
    ? "nothing"
    : alternatives.some((pattern) => /^\*\[[!^][^\]]+\]\*$/.test(pattern))
      ? "narrow"
      : "anything";
  return { taken: alternatives.every(isLiteral), left };
}

/** From the line that begins at `at`, in PowerShell: `if ($env:X -notmatch '^…$') { throw … }`. */
export function namesCheckedByPowerShell(script: string, at: number): readonly string[] {
  const found =
    /^[^\n]*\bif\s*\(\s*\$(?:env:)?(\w+)\s+-c?notmatch\s+(["'])\^(.+?)(?:\$|\\z)\2\s*\)\s*\{[^{}]*\b(?:throw|exit)\b/i.exec(
      script.slice(at, at + longestCheck),
    );
  return found !== null && isNarrow(found[3]!) ? [found[1]!] : [];
}

/** Characters up to the end of a check that is still read. */
const longestCheck = 2_000;

/** A text without wildcards and variables. */
function isLiteral(text: string): boolean {
  return /^(?:"[^"$`]*"|'[^']*'|[\w.@:/+-]*)$/.test(text);
}
