import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import { isAlias, isMap, isScalar, isSeq, Lexer, type LineCounter, type Node } from "yaml";
import { lineCounterOf, parseSource, placeAt, placeOf, type Source } from "../file/source.ts";
import { findInvisible } from "../known/invisible.ts";

/** In UTF-16 units. GitHub's own limit is 500 KB; the largest skill anyone reviews is far below. */
export const maxFileLength = 262_144;
const maxTokens = 50_000;
const maxDepth = 64;
const maxAliases = 100;
const maxExpandedNodes = 20_000;

/** The text parsed, unless one of the diagnostics is an error: only what has none is safe to hand on. */
export function parseSafely(text: string): { source: Source | undefined; diagnostics: Diagnostic[] } {
  const tokens: string[] = [];
  const unsafe = checkText(text, tokens);
  if (unsafe.length > 0) return { source: undefined, diagnostics: unsafe };
  const source = parseSource(text, tokens);
  const diagnostics = checkDocument(source);
  const isSafe = diagnostics.every(({ severity }) => severity !== "error");
  return { source: isSafe ? source : undefined, diagnostics };
}

/**
 * What makes a text unsafe to hand to a YAML parser, found in linear time and without recursion. An empty answer means that `parseSource` and the
 * layers after it are bounded in time, memory and stack.
 *
 * @param tokens takes the tokens of the text: all of them where the answer is empty
 */
function checkText(text: string, tokens: string[]): Diagnostic[] {
  if (text.length > maxFileLength) {
    return [
      problem(
        "too-large",
        `The file has ${count(text.length)} characters; at most ${count(maxFileLength)} are allowed.`,
      ),
    ];
  }
  if (text.trim() === "") return [problem("empty", "The file is empty.")];
  const found = [...checkCharacters(text)];
  return found.length > 0 ? found : checkShape(text, tokens);
}

/** What only shows in the parsed document: YAML errors, several documents, duplicate keys, aliases that blow up, tags. */
function checkDocument(source: Source): Diagnostic[] {
  const { document } = source;
  const found: Diagnostic[] = [];
  // What else the parser says of a line with a tab follows from it.
  const tabs = document.errors.filter(({ code }) => code === "TAB_AS_INDENT");
  for (const error of tabs.length > 0 ? tabs : document.errors) {
    const place = placeAt(source, error.pos[0], error.pos[1]);
    const several = error.code === "MULTIPLE_DOCS";
    const message = several ? "The file holds several YAML documents; GitHub takes one." : firstLine(error.message);
    found.push(problem(several ? "several-documents" : "syntax", message, place));
  }
  if (found.length > 0) return found.slice(0, 20);
  for (const warning of document.warnings) {
    found.push(problem("syntax", firstLine(warning.message), placeAt(source, warning.pos[0], warning.pos[1])));
  }
  return [...found, ...checkNodes(source)];
}

function* checkCharacters(text: string): Iterable<Diagnostic> {
  const at = placesIn(text);
  if (!text.isWellFormed()) {
    yield problem(
      "encoding",
      "The file holds half of a character (a lone surrogate); save it as UTF-8.",
      at(loneSurrogate(text), 1),
    );
  }
  let shown = 0;
  for (const { offset, length, code } of findInvisible(text)) {
    const message =
      offset === 0 && code === "U+FEFF"
        ? "The file begins with a byte order mark (U+FEFF); save it as UTF-8 without one."
        : `Invisible or text-direction character ${code}: what a reviewer sees is not what runs.`;
    yield {
      ...problem("invisible-character", message, at(offset, length)),
      fix: { title: `Remove ${code}`, edits: [{ ...at(offset, length), text: "" }] },
    };
    if (++shown === 20) return;
  }
}

/**
 * Counts on the tokens of the YAML lexer, which neither recurses nor builds anything: flow and block depth, aliases, directives. Stops at the first
 * limit that is exceeded.
 */
function checkShape(text: string, tokens: string[]): Diagnostic[] {
  let offset = 0;
  let lineStart = 0;
  let flowDepth = 0;
  let aliases = 0;
  let scalarFollows = false;
  const columns: number[] = [];
  const fail = (rule: string, message: string) => [problem(rule, message, placesIn(text)(offset, 1))];
  for (const token of new Lexer().lex(text)) {
    if (tokens.push(token) > maxTokens)
      return fail("too-complex", `The file has more than ${count(maxTokens)} YAML tokens.`);
    if (token === documentMark || token === flowErrorMark) continue;
    if (token === scalarMark) {
      scalarFollows = true;
      continue;
    }
    if (!scalarFollows) {
      const first = token[0];
      if (token === "[" || token === "{") flowDepth++;
      else if (token === "]" || token === "}") flowDepth = Math.max(0, flowDepth - 1);
      else if (first === "*" && ++aliases > maxAliases)
        return fail("too-many-aliases", `More than ${maxAliases} aliases.`);
      else if (first === "%") return fail("directive", "YAML directives (%) are not allowed in a workflow.");
      else if (token === "-" || token === "?" || token === ":") {
        const column = offset - lineStart;
        while (columns.length > 0 && columns.at(-1)! >= column) columns.pop();
        columns.push(column);
      }
      if (flowDepth + columns.length > maxDepth) return fail("too-deep", `Nested deeper than ${maxDepth} levels.`);
    }
    scalarFollows = false;
    const newline = token.lastIndexOf("\n");
    if (newline >= 0) lineStart = offset + newline + 1;
    offset += token.length;
  }
  return [];
}

/** Marks that the lexer puts between the source's own tokens. */
const documentMark = "\u0002";
const flowErrorMark = "\u0018";
const scalarMark = "\u001f";

/** Recursion is bounded: `checkShape` has limited the depth, and an alias is not entered. */
function checkNodes(source: Source): Diagnostic[] {
  const found: Diagnostic[] = [];
  const sizes = new Map<string, number>();
  const open = new Set<string>();

  const measure = (node: unknown): number => {
    if (isAlias(node)) {
      if (open.has(node.source)) {
        found.push(problem("alias-cycle", `*${node.source} stands inside what it names.`, placeOf(source, node)));
      } else if (!sizes.has(node.source)) {
        found.push(problem("syntax", `*${node.source} names nothing that stands above it.`, placeOf(source, node)));
      }
      return sizes.get(node.source) ?? 1;
    }
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return 1;
    if (node.tag !== undefined && node.tag.startsWith("!") && !node.tag.startsWith("!!")) {
      found.push(problem("tag", `YAML tags (${node.tag}) are not allowed in a workflow.`, placeOf(source, node)));
    }
    if (node.anchor !== undefined) open.add(node.anchor);
    let size = 1;
    if (isSeq(node)) for (const item of node.items) size += measure(item);
    if (isMap(node)) {
      const keys = new Set<string>();
      for (const pair of node.items) {
        if (isScalar(pair.key)) {
          const key = String(pair.key.value);
          if (keys.has(key))
            found.push(problem("duplicate-key", `"${key}" stands here twice.`, placeOf(source, pair.key)));
          keys.add(key);
        } else if (pair.key !== null) {
          found.push(problem("complex-key", "A key must be plain text.", placeOf(source, pair.key as Node)));
        }
        size += 1 + measure(pair.value);
      }
    }
    if (node.anchor !== undefined) {
      open.delete(node.anchor);
      sizes.set(node.anchor, size);
    }
    return Math.min(size, maxExpandedNodes + 1);
  };

  if (measure(source.document.contents) > maxExpandedNodes) {
    found.push(
      problem(
        "alias-expansion",
        `With its aliases written out, the file has more than ${count(maxExpandedNodes)} parts.`,
      ),
    );
  }
  return found.slice(0, 100);
}

function problem(
  rule: string,
  message: string,
  at: Pick<Diagnostic, "line" | "column" | "end_line" | "end_column"> = {
    line: 1,
    column: 1,
    end_line: 1,
    end_column: 1,
  },
): Diagnostic {
  const { line, column, end_line, end_column } = at;
  return { source: "yaml", severity: "error", rule, message, line, column, end_line, end_column, fix: null };
}

/** The lines of a text are counted when the first place is asked for. */
function placesIn(text: string) {
  let lines: LineCounter | undefined;
  return (offset: number, length: number) => {
    const { line, col } = (lines ??= lineCounterOf(text)).linePos(Math.min(offset, text.length));
    return { line, column: col, end_line: line, end_column: col + length };
  };
}

function loneSurrogate(text: string): number {
  return text.search(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]!.replace(/ at line \d+, column \d+:?$/, "");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
