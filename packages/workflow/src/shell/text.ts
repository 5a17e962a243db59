import { endOfSpan } from "./spans.ts";

/** The name of the variable that is all of a word, quoted or not: `$X`, `"${X:-}"`, `${!X}` with its `!`. */
export function variableOf(word: string): string | undefined {
  const found = /^("?)\$(?:([A-Za-z_]\w*|\d)|\{(!?(?:[A-Za-z_]\w*|\d))(?::?[-?][^{}$`]*)?\})\1$/.exec(word);
  return found?.[2] ?? found?.[3];
}

/**
 * A word as a pattern: what was quoted has a backslash in front of each character that is no letter or digit. Undefined where it holds what is not known before
 * it runs.
 */
export function patternOf(word: string): string | undefined {
  let pattern = "";
  for (let i = 0; i < word.length;) {
    const char = word[i]!;
    if (char === "\\") {
      pattern += word.slice(i, i + 2);
      i += 2;
      continue;
    }
    const end = endOfSpan(word, i, word.length);
    if (end === undefined) {
      if (char === "$" && /[\w{(]/.test(word[i + 1] ?? "")) return undefined;
      pattern += char;
      i++;
      continue;
    }
    const quoted = quotedText(word.slice(i, end));
    if (quoted === undefined) return undefined;
    pattern += quoted.replaceAll(/[^A-Za-z0-9]/g, "\\$&");
    i = end;
  }
  return pattern;
}

/** A word as the text that it is; undefined where it holds what is not known before it runs. */
export function literalOf(word: string): string | undefined {
  const pattern = patternOf(word);
  return pattern === undefined ? undefined : pattern.replaceAll(/\\(.)/gs, "$1");
}

function quotedText(quoted: string): string | undefined {
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  if (quoted.startsWith("$'"))
    return quoted.slice(2, -1).replaceAll(/\\(.)/gs, (_, char: string) => ansi[char] ?? char);
  if (!quoted.startsWith('"')) return undefined;
  const inside = quoted.slice(1, -1);
  if (/`|\$[\w{(]/.test(inside.replaceAll(/\\./gs, ""))) return undefined;
  return inside.replaceAll(/\\([$`"\\])/g, "$1");
}

const ansi: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** Variables that a script sets once, to a text that stands in it: `re='^[a-z]+$'`. */
export function literalsIn(script: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, word] of script.matchAll(assignment)) {
    const text = literalOf(word!);
    if (
      text === undefined ||
      script.match(
        new RegExp(
          `\\b${name}(?:\\[[^\\]]*\\])?\\+?=|\\b(?:read|for|mapfile|readarray|printf -v)\\b[^\\n;]*\\b${name}\\b`,
          "g",
        ),
      )!.length > 1
    )
      continue;
    found.set(name!, text);
  }
  return found;
}

const assignment =
  /(?:^|[;&\n])[ \t]*(?:(?:readonly|local|export|declare(?: -\w+)*)[ \t]+)?([A-Za-z_]\w*)=('[^']*'|"[^"]*")(?=[\s;]|$)/g;
