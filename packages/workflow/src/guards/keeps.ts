import { classAt } from "../chars/character-class.ts";
import { anyChars, charsOf, except, noChars, type Charset } from "../chars/charset.ts";
import { charsOfTr, globAtomAt } from "../chars/pattern-chars.ts";
import { literalOf, patternOf } from "../shell/text.ts";

/** The characters that `${X…}` leaves of a value, by what stands behind the name: `//[^a-z]/` keeps what it names, `:+word` puts out the word. */
export function charsOfExpansion(operation: string): Charset {
  if (operation === "") return anyChars;
  if (/^:?\+/.test(operation)) return noChars;
  if (!operation.startsWith("//")) return anyChars;
  const pattern = patternOf(operation.slice(2));
  const found = pattern === undefined || /^[*?]/.test(pattern) ? undefined : globAtomAt(pattern, 0);
  // What it puts in their place is the script's own.
  return found === undefined || !/^(?:\/|$)/.test(pattern!.slice(found.end)) ? anyChars : except(found.chars);
}

/** The characters that come out of a pipe in which a caller's value went in: those that `tr -cd` or `sed` keeps, of a count or a hash none that he picks. */
export function charsKeptBy(commands: string): Charset {
  if (answers.test(commands)) return noChars;
  const kept = filters.flatMap(({ call, chars }) => {
    const word = call.exec(commands)?.[1];
    const text = word === undefined ? undefined : literalOf(word);
    return text === undefined ? [] : [chars(text)];
  });
  return kept.reduce((all, chars) => all & chars, anyChars);
}

const answers = /\|\s*(?:wc|grep\s+-c|cksum|\w+sum)\b/;

const word = String.raw`('[^']*'|"[^"]*"|[^\s'"|;)]+)`;
const filters: readonly { readonly call: RegExp; readonly chars: (text: string) => Charset }[] = [
  { call: new RegExp(String.raw`\btr\s+(?:-cd|-dc|-c\s+-d|-d\s+-c)\s+${word}`), chars: charsOfTr },
  {
    // It reads line by line.
    call: new RegExp(String.raw`\bsed\s+(?:-[Er]\s+)?${word}`),
    chars(text) {
      const pattern = /^s([/|,])(\[\^[^/|,]+\])[+*]?\1\1g$/.exec(text)?.[2];
      const found = pattern === undefined ? undefined : classAt(pattern, 0, false);
      return found === undefined ? anyChars : except(found.chars) | charsOf("\n");
    },
  },
];
