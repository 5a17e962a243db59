/** A set of characters: a bit for each of ASCII, and one for all others together. */
export type Charset = bigint;

const others = 128;

export const noChars: Charset = 0n;
export const anyChars: Charset = (1n << 129n) - 1n;

export function charsOf(text: string): Charset {
  let set = noChars;
  for (const char of text) set |= bitOf(char.codePointAt(0)!);
  return set;
}

/** From one character to another, by their numbers; none where the second comes before the first. */
export function charsFrom(first: string, last: string): Charset {
  const from = Math.min(first.codePointAt(0)!, others);
  const to = Math.min(last.codePointAt(0)!, others);
  return to < from ? noChars : (1n << BigInt(to + 1)) - (1n << BigInt(from));
}

export function except(set: Charset): Charset {
  return anyChars & ~set;
}

/** Its characters of ASCII, in the order of their numbers. */
export function asciiOf(set: Charset): string[] {
  return Array.from({ length: others }, (_, code) => code)
    .filter((code) => (set >> BigInt(code)) & 1n)
    .map((code) => String.fromCharCode(code));
}

function bitOf(code: number): bigint {
  return 1n << BigInt(Math.min(code, others));
}

const digit = charsFrom("0", "9");
const upper = charsFrom("A", "Z");
const lower = charsFrom("a", "z");
const other = 1n << BigInt(others);
const alpha = upper | lower | other;
const graph = charsFrom("!", "~") | other;

/** What stands in `[[:alpha:]]` and its like. */
export const posixClasses: Readonly<Record<string, Charset>> = {
  alpha,
  digit,
  alnum: alpha | digit,
  upper: upper | other,
  lower: lower | other,
  word: alpha | digit | charsOf("_"),
  xdigit: digit | charsFrom("A", "F") | charsFrom("a", "f"),
  space: charsOf(" \t\n\v\f\r") | other,
  blank: charsOf(" \t") | other,
  graph,
  print: graph | charsOf(" "),
  punct: (graph & except(alpha | digit)) | other,
  cntrl: charsFrom("\0", "\x1f") | charsOf("\x7f"),
};
