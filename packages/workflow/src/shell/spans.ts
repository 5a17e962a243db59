import { endOfHereDocument, hereDocumentAt } from "./here-document.ts";

/** Told of the inside of every `$( … )`, `<( … )` and `` ` … ` `` that is passed, but for those inside of another. */
export type OnCommands = (from: number, to: number) => void;

/** What stands in a shell script as one piece, and what is read inside of it. */
type Span = { readonly opener: string; readonly closer: string; readonly inside: Inside };
type Inside = "text" | "escaped text" | "double quotes" | "code" | "commands";

const spans: readonly Span[] = [
  // An expression is no shell text; its quotes are its own.
  { opener: "${{", closer: "}}", inside: "text" },
  { opener: "$((", closer: ")", inside: "code" },
  { opener: "$(", closer: ")", inside: "commands" },
  { opener: "${", closer: "}", inside: "code" },
  { opener: "$'", closer: "'", inside: "escaped text" },
  { opener: '$"', closer: '"', inside: "double quotes" },
  { opener: "<(", closer: ")", inside: "commands" },
  { opener: ">(", closer: ")", inside: "commands" },
  { opener: "'", closer: "'", inside: "text" },
  { opener: '"', closer: '"', inside: "double quotes" },
  { opener: "`", closer: "`", inside: "commands" },
];

/** Deeper than anyone writes. */
const deepest = 20;

/** Behind the quotes, the expansion or the substitution that opens at `at`; undefined where none does. It ends at `to` when it never closes. */
export function endOfSpan(script: string, at: number, to: number, found?: OnCommands): number | undefined {
  return endWithin(script, at, to, found, 0, false);
}

/** The same, or behind a character and the backslash in front of it. */
export function endOfQuoted(script: string, at: number, to: number): number | undefined {
  return endOfSpan(script, at, to) ?? (script[at] === "\\" ? at + 2 : undefined);
}

/** Behind the parenthesis that closes what the one at `at` opens. */
export function endOfParentheses(script: string, at: number, to: number, found?: OnCommands): number {
  return Math.min(closing(script, at + 1, to, { closer: ")", inside: "code" }, found, 0) + 1, to);
}

function endWithin(
  script: string,
  at: number,
  to: number,
  found: OnCommands | undefined,
  depth: number,
  quoted: boolean,
): number | undefined {
  if (depth > deepest || !/[$"'`<>]/.test(script[at]!)) return undefined;
  const span = spans.find(({ opener }) => script.startsWith(opener, at));
  if (span === undefined || (quoted && !/^(?:\$[{(]|`)/.test(span.opener))) return undefined;
  // The second parenthesis of $(( opens one of those inside.
  const from = at + (span.opener === "$((" ? 2 : span.opener.length);
  const commands = span.inside === "commands";
  const close = closing(script, from, to, span, commands ? undefined : found, depth);
  if (commands) found?.(from, close);
  return Math.min(close + span.closer.length, to);
}

/** Where the text stands that closes a span whose inside begins at `from`; `to` where none does. */
function closing(
  script: string,
  from: number,
  to: number,
  { closer, inside }: Pick<Span, "closer" | "inside">,
  found: OnCommands | undefined,
  depth: number,
): number {
  if (inside === "text") return indexIn(script, closer, from, to);
  let parentheses = 0;
  for (let i = from; i < to;) {
    const char = script[i]!;
    const plain = endOfPlain(script, i);
    if (plain > i) i = Math.min(plain, to);
    else if (char === "\\") i += 2;
    else if (parentheses === 0 && script.startsWith(closer, i)) return i;
    else if (inside === "escaped text") i++;
    else if (inside === "double quotes") i = endWithin(script, i, to, found, depth + 1, true) ?? i + 1;
    else if (char === "#" && /[\s;(]/.test(script[i - 1] ?? "")) i = lineEnd(script, i, to);
    else if (closer === ")" && (char === "(" || char === ")")) {
      parentheses += char === "(" ? 1 : -1;
      i++;
    } else {
      const document = inside === "commands" && char === "<" ? hereDocumentAt(script, i) : undefined;
      const body = document === undefined ? to : lineEnd(script, i, to) + 1;
      // One line with the word and, most often, the end of the command.
      if (document !== undefined && body < to) [, i] = endOfHereDocument(script, body, to, document.word);
      else i = endWithin(script, i, to, found, depth + 1, false) ?? i + 1;
    }
  }
  return to;
}

const ordinary = /[\w./:=,@%+~^-]+/y;

/** Behind the characters from `at` on that mean nothing to a shell. */
export function endOfPlain(script: string, at: number): number {
  ordinary.lastIndex = at;
  return ordinary.test(script) ? ordinary.lastIndex : at;
}

function lineEnd(script: string, at: number, to: number): number {
  return indexIn(script, "\n", at, to);
}

function indexIn(script: string, text: string, from: number, to: number): number {
  const at = script.indexOf(text, from);
  return at < 0 || at > to ? to : at;
}
