import { isNarrow } from "./narrow-pattern.ts";

/**
 * Names of variables that hold only what the script expects, from the line that begins at `at`: its check ends the run otherwise. Knows `[[ … ]] || exit 1`,
 * `if ! [[ … ]]; then … exit 1; fi` and `case "$X" in web | api) ;; *) exit 1 ;; esac`, over several lines too, and PowerShell's
 * `if ($env:X -notmatch '^…$') { throw … }`.
 */
export function namesCheckedAt(script: string, at: number): readonly string[] {
  const text = script.slice(at, at + longestCheck);
  const line = text.split("\n", 1)[0]!;
  if (/-c?notmatch\b/i.test(line)) return checkedByPowerShell(text);
  if (/^\s*case\s/.test(line)) return checkedByCase(text);
  if (!/\[\s/.test(line)) return [];
  return /^\s*if\s/.test(line) ? checkedByIf(text) : checkedInLine(line);
}

/** Characters up to the end of an `if` or `case` that is still read. */
const longestCheck = 2_000;

const condition = String.raw`\[\[?\s+(.+?)\s+\]\]?`;
const ends = String.raw`(?:exit|return|fail|die)\b`;
const inLine = new RegExp(String.raw`(?:^|;)\s*${condition}\s*(?:\|\|\s*(?:\{|${ends})|(&&)\s*${ends})`);
const ifCommand = new RegExp(
  String.raw`^\s*if\s+(!\s*)?${condition}\s*[;\n]\s*then\b(.*?)(?:[;\n]\s*else\b(.*?))?[;\s]fi\b`,
  "s",
);

function checkedInLine(line: string): readonly string[] {
  const [, inner, whenFalse] = inLine.exec(line) ?? [];
  if (inner === undefined) return [];
  return whenFalse === undefined ? knownIfTrue(inner) : knownIfFalse(inner);
}

function checkedByIf(text: string): readonly string[] {
  const [, not, inner, then = "", otherwise] = ifCommand.exec(text) ?? [];
  if (inner === undefined || /\b(?:if|elif)\b/.test(then + (otherwise ?? ""))) return [];
  const goesOnIfTrue = otherwise !== undefined && endsRun(otherwise) ? true : endsRun(then) ? false : undefined;
  if (goesOnIfTrue === undefined) return [];
  return goesOnIfTrue === (not === undefined) ? knownIfTrue(inner) : knownIfFalse(inner);
}

/** Whether the last of some commands ends the run. */
function endsRun(commands: string): boolean {
  return new RegExp(String.raw`(?:^|[;\n{])\s*${ends}[^;\n]*[;\s}]*$`).test(commands);
}

function checkedByCase(text: string): readonly string[] {
  const [, name, body] = /^\s*case\s+"?\$\{?([A-Za-z_]\w*)\}?"?\s+in\b(.*?)\besac\b/s.exec(text) ?? [];
  if (name === undefined || body === undefined) return [];
  for (const arm of body.split(";;")) {
    const [, patterns = "", commands = ""] = /^\s*\(?([^)]*)\)(.*)$/s.exec(arm) ?? [];
    const alternatives = patterns.split("|").map((pattern) => pattern.trim());
    if (endsRun(commands)) {
      // What is left has none of the other characters, or is one of the texts that the arms above name.
      if (alternatives.some((pattern) => pattern === "*" || /^\*\[[!^][^\]]+\]\*$/.test(pattern))) return [name];
    } else if (!alternatives.every(isLiteral)) return [];
  }
  return [];
}

function checkedByPowerShell(text: string): readonly string[] {
  const found =
    /\bif\s*\(\s*\$(?:env:)?(\w+)\s+-c?notmatch\s+(["'])\^(.+?)(?:\$|\\z)\2\s*\)\s*\{[^{}]*\b(?:throw|exit)\b/i.exec(
      text,
    );
  return found !== null && isNarrow(found[3]!) ? [found[1]!] : [];
}

/** `$A =~ ^…$ && $B == web`: what is known of the variables when all of it is true. */
function knownIfTrue(inner: string): readonly string[] {
  return inAll(inner.split(/\s\|\|\s/).map((part) => part.split(/\s&&\s/).flatMap((atom) => knownBy(atom, true))));
}

function knownIfFalse(inner: string): readonly string[] {
  return inner.split(/\s\|\|\s/).flatMap((part) => inAll(part.split(/\s&&\s/).map((atom) => knownBy(atom, false))));
}

function inAll([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((name) => others.every((names) => names.includes(name)));
}

/** One comparison: `$X =~ ^[a-z-]+$`, `$X == web`, or with `!` or `!=` what is known when it is false. */
function knownBy(atom: string, value: boolean): readonly string[] {
  const found = /^(!\s*)?"?\$\{?([A-Za-z_]\w*)\}?"?\s+(=~|==?|!=)\s+(.+)$/.exec(atom.trim());
  if (found === null) return [];
  const [, not, name, operator, right] = found;
  if (((not === undefined) === (operator !== "!=")) !== value) return [];
  const known = operator === "=~" ? isNarrow(/^\^(.+)\$$/.exec(right!)?.[1] ?? ".") : isLiteral(right!);
  return known ? [name!] : [];
}

/** A text without wildcards and variables. */
function isLiteral(text: string): boolean {
  return /^(?:"[^"$`]*"|'[^']*'|[\w.@:/+-]*)$/.test(text);
}
