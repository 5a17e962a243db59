import { anyChars, charsOf, type Charset } from "../chars/charset.ts";
import { charsInside, charsMatched, charsUnmatched, type Dialect } from "../chars/pattern-chars.ts";
import { literalOf, variableOf } from "../shell/text.ts";
import type { Literals, Outcome } from "./condition.ts";
import { charsIn, narrowed, type Reached } from "./facts.ts";

// Programs that answer with their status whether a text matches.

/** `grep -Eqx '…' <<<"$X"`, and with what `echo "$X" |` gives it; undefined for anything else. */
export function outcomeOfGrep(
  words: readonly string[],
  given: Given,
  facts: Reached,
  literals: Literals,
): Outcome | undefined {
  if (!/^(?:e|f)?grep$/.test(words[0] ?? "") || facts === undefined) return undefined;
  const name = given.variable;
  const options = words.slice(1).filter((word) => word.startsWith("-"));
  const [word, ...files] = words.slice(1).filter((text) => !text.startsWith("-"));
  const flags = options.map((option) => long[option] ?? (option.startsWith("--") ? "v" : option.slice(1))).join("");
  if (name === undefined || word === undefined || files.length > 0 || !/^[EGPFqxzeswi]*$/.test(flags)) return undefined;
  const held = variableOf(word);
  const pattern = held === undefined ? literalOf(word) : literals(held);
  if (pattern === undefined) return undefined;
  const dialect: Dialect = flags.includes("P")
    ? "extended"
    : words[0] === "egrep" || flags.includes("E")
      ? "posix"
      : "basic";
  const fixed = words[0] === "fgrep" || flags.includes("F");
  const whole = flags.includes("x");
  const matched = fixed ? (whole ? charsOf(pattern) : anyChars) : matchedBy(pattern, whole, dialect);
  const unmatched = fixed || whole ? anyChars : charsUnmatched(pattern, dialect);
  // It is enough that one line matches; with -z the text is one, without a line break that `echo` would add.
  const one_line = (charsIn(facts, name) & newline) === 0n || (flags.includes("z") && given.exact);
  return {
    yes: one_line ? narrowed(facts, name, matched) : facts,
    no: narrowed(facts, name, unmatched === anyChars ? anyChars : unmatched | newline),
  };
}

/** What a command reads: the variable that is all of it, and whether that comes without a line break behind it. */
export type Given = { readonly variable: string | undefined; readonly exact: boolean };

const newline = charsOf("\n");

const long: Readonly<Record<string, string>> = {
  "--extended-regexp": "E",
  "--perl-regexp": "P",
  "--fixed-strings": "F",
  "--quiet": "q",
  "--silent": "q",
  "--line-regexp": "x",
  "--null-data": "z",
  "--": "",
};

function matchedBy(pattern: string, whole: boolean, dialect: Dialect): Charset {
  if (!whole) return charsMatched(pattern, dialect);
  return charsInside(dialect === "basic" ? `\\(${pattern}\\)` : `(${pattern})`, dialect);
}

/** `expr "$X" : '[a-z]*$'`, which is anchored at its beginning. */
export function outcomeOfExpr(words: readonly string[], facts: Reached): Outcome | undefined {
  if (words[0] !== "expr" || words.length !== 4 || words[2] !== ":") return undefined;
  const name = variableOf(words[1]!);
  const pattern = literalOf(words[3]!);
  if (name === undefined || pattern === undefined) return undefined;
  const matched = charsMatched(pattern.startsWith("^") ? pattern : `^${pattern}`, "basic");
  return { yes: narrowed(facts, name, matched), no: facts };
}

/** What `echo "$X"` and `printf '%s' "$X"` put into a pipe. */
export function givenBy(words: readonly string[]): Given {
  const [program, ...rest] = words;
  if (program === "echo" && rest.length === 1) return { variable: variableOf(rest[0]!), exact: false };
  if (program === "echo" && rest.length === 2 && rest[0] === "-n")
    return { variable: variableOf(rest[1]!), exact: true };
  const format = program === "printf" && rest.length === 2 ? literalOf(rest[0]!) : undefined;
  if (format !== "%s" && format !== "%s\\n") return { variable: undefined, exact: false };
  return { variable: variableOf(rest[1]!), exact: format === "%s" };
}
