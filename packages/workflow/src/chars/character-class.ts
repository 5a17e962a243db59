import { anyChars, charsFrom, charsOf, except, noChars, posixClasses, type Charset } from "./charset.ts";

/** The characters of `[…]`, and where it ends. */
export type CharacterClass = { readonly chars: Charset; readonly end: number };

/**
 * The class whose bracket opens at `at`; undefined where it never closes.
 *
 * @param escapes whether `\` takes the character behind it as it is, or is one of the class, as in POSIX
 */
export function classAt(pattern: string, at: number, escapes: boolean): CharacterClass | undefined {
  let i = at + 1;
  const negated = pattern[i] === "^" || pattern[i] === "!";
  if (negated) i++;
  let chars = noChars;
  for (let first = true; i < pattern.length; first = false) {
    if (pattern[i] === "]" && !first) return { chars: negated ? except(chars) : chars, end: i + 1 };
    const item = itemAt(pattern, i, escapes);
    i = item.end;
    if (pattern[i] === "-" && pattern[i + 1] !== "]" && item.single !== undefined && i + 1 < pattern.length) {
      const last = itemAt(pattern, i + 1, escapes);
      i = last.end;
      chars |= last.single === undefined ? item.chars | charsOf("-") | last.chars : charsFrom(item.single, last.single);
    } else chars |= item.chars;
  }
  return undefined;
}

/** `single`: the character, where it is one that can begin or end a range. */
type Item = CharacterClass & { readonly single?: string };

function itemAt(pattern: string, i: number, escapes: boolean): Item {
  const named = /^\[(?::(\w+):|([.=])(.)\2)\]/.exec(pattern.slice(i, i + 20));
  if (named !== null) {
    const end = i + named[0].length;
    return named[1] === undefined ? one(named[3]!, end) : { chars: posixClasses[named[1]] ?? anyChars, end };
  }
  if (pattern[i] !== "\\" || !escapes) return one(charAt(pattern, i), i + charAt(pattern, i).length);
  const { chars, end, single } = escapeAt(pattern, i);
  return single === undefined ? { chars, end } : { chars, end, single };
}

function one(single: string, end: number): Item {
  return { chars: charsOf(single), end, single };
}

function charAt(text: string, i: number): string {
  return String.fromCodePoint(text.codePointAt(i) ?? 0);
}

/** What a backslash and the character behind it stand for: `\.`, `\d`, `\n`; anything where that cannot be told. */
export function escapeAt(pattern: string, at: number): Item {
  const char = charAt(pattern, at + 1);
  const end = at + 1 + char.length;
  const chars = escapeClasses[char];
  if (chars !== undefined) return { chars, end };
  return /[A-Za-z0-9]/.test(char) ? { chars: anyChars, end } : one(char, end);
}

const space = charsOf(" \t\n\v\f\r");
const other = posixClasses["alpha"]! & except(charsFrom("\0", "\x7f"));
const escapeClasses: Readonly<Record<string, Charset>> = {
  d: posixClasses["digit"]! | other,
  w: posixClasses["word"]!,
  s: space | other,
  n: charsOf("\n"),
  r: charsOf("\r"),
  t: charsOf("\t"),
  // Places between characters.
  b: noChars,
  B: noChars,
  A: noChars,
  z: noChars,
  Z: charsOf("\n"),
};
