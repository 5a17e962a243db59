import { classAt, escapeAt, type CharacterClass } from "./character-class.ts";
import { anyChars, charsOf, except, noChars, type Charset } from "./charset.ts";

/**
 * `extended` is what bash's `=~` is given in the script itself, JavaScript, Python, .NET and Perl know; of `posix` a backslash in `[…]` is a character of it
 * (what a variable hands to `=~`, and grep -E), and of `basic` parentheses and counts are characters too, without a backslash (grep, expr).
 */
export type Dialect = "extended" | "posix" | "basic";

/** The characters that a text can hold that matches as a whole; all where the pattern takes any, or is not anchored at both ends. */
export function charsMatched(pattern: string, dialect: Dialect): Charset {
  const inside = /^(?:\^|\\A)(.*?)(?:(?<!\\)(?:\\\\)*\$|\\[zZ])$/s.exec(pattern)?.[1];
  return inside === undefined ? anyChars : charsInside(inside, dialect);
}

/** The same for what stands between the anchors, or where the whole text is matched anyway. */
export function charsInside(pattern: string, dialect: Dialect): Charset {
  let chars = noChars;
  let depth = 0;
  for (let i = 0; i < pattern.length;) {
    const char = pattern[i]!;
    const operator = operatorAt(pattern, i, dialect);
    if (operator !== undefined) {
      if (operator.kind === "(") depth++;
      else if (operator.kind === ")") depth--;
      // An alternative outside of parentheses leaves the anchors.
      else if (operator.kind === "|" && depth <= 0) return anyChars;
      i = operator.end;
    } else if (char === "[") {
      const found = classAt(pattern, i, dialect === "extended");
      if (found === undefined) return anyChars;
      chars |= found.chars;
      i = found.end;
    } else if (char === "\\") {
      const found = escapeAt(pattern, i);
      chars |= found.chars;
      i = found.end;
    } else {
      chars |= char === "." ? anyChars : charsOf(char);
      i++;
    }
  }
  return chars;
}

/** What a text is left with in which nothing matches `[^a-z]`, or one character that is given: `[[ $X =~ [^a-z] ]] && exit 1`. */
export function charsUnmatched(pattern: string, dialect: Dialect): Charset {
  const single = oneAt(pattern, dialect === "extended");
  return single !== undefined && /^[+*]?$/.test(pattern.slice(single.end)) && !pattern.slice(single.end).includes("*")
    ? except(single.chars)
    : anyChars;
}

function oneAt(pattern: string, escapes: boolean): CharacterClass | undefined {
  if (pattern[0] === "[") return classAt(pattern, 0, escapes);
  if (pattern[0] === "\\" && pattern.length > 1) return escapeAt(pattern, 0);
  return /^[^.^$*+?()[\]{}|\\]/.test(pattern) ? { chars: charsOf(pattern[0]!), end: 1 } : undefined;
}

/** A sign of the language of patterns, and what it is good for. */
function operatorAt(pattern: string, i: number, dialect: Dialect): { kind: string; end: number } | undefined {
  const escaped = pattern[i] === "\\";
  if (dialect === "basic" ? !escaped && pattern[i] !== "*" : escaped) return undefined;
  const at = dialect === "basic" && escaped ? i + 1 : i;
  const found = /^(?:\((?:\?(?:[:=!]|<[=!]|<\w+>|P<\w+>))?|[)|*+?^$]|\{\d*,?\d*\\?\})/.exec(
    pattern.slice(at, at + 60),
  )?.[0];
  return found === undefined ? undefined : { kind: found[0]!, end: at + found.length };
}

/** The characters that a text can hold that matches a pattern of file names, as `case` and `==` take them: `web-*`, `+([a-z])`. */
export function charsOfGlob(pattern: string): Charset {
  let chars = noChars;
  for (let i = 0; i < pattern.length;) {
    const group = /^[?*+@]\(/.exec(pattern.slice(i, i + 2));
    if (group !== null) i += 2;
    else if (pattern.startsWith("!(", i) || /[*?]/.test(pattern[i]!)) return anyChars;
    else if (/[|)]/.test(pattern[i]!)) i++;
    else {
      const found = globAtomAt(pattern, i);
      if (found === undefined) return anyChars;
      chars |= found.chars;
      i = found.end;
    }
  }
  return chars;
}

/** What a text is left with that does not match `*[!a-z]*`, or `*;*`. */
export function charsOutsideGlob(pattern: string): Charset {
  if (!/^\*.*\*$/s.test(pattern)) return anyChars;
  const found = globAtomAt(pattern, 1);
  return found !== undefined && found.end === pattern.length - 1 ? except(found.chars) : anyChars;
}

/** One character of such a pattern: itself, behind a backslash, or a class. */
export function globAtomAt(pattern: string, i: number): CharacterClass | undefined {
  if (pattern[i] === "[") return classAt(pattern, i, true);
  const at = pattern[i] === "\\" ? i + 1 : i;
  return at < pattern.length ? { chars: charsOf(pattern[at]!), end: at + 1 } : undefined;
}

/** The characters of a set of `tr`: `a-z0-9`, `[:alnum:]`, `\n`. */
export function charsOfTr(set: string): Charset {
  const inside = set.replaceAll(/[[\]](?![:=])(?<![:=]\])|^[!^]/g, "\\$&");
  return classAt(`[${inside}]`, 0, true)?.chars ?? anyChars;
}
