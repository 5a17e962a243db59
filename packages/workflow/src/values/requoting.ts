import { isDocument } from "../shell/here-document.ts";
import { endOfSpan } from "../shell/spans.ts";
import type { ShellValues } from "./shell-variables.ts";

// A value that was quoted for a shell is one word for it, but not inside of quotes: there its own quotes end them.

/** What puts out a quoted value: `$(printf %q "$X")`, `${X@Q}`, a program of jq that quotes by @sh. */
const quoting = /^(?:"?\$\(\s*printf\s+(?:--\s+)?["']?%q[^)]*\)"?|\$\{\w+@Q\}|"?\$\(\s*jq\s.*@sh.*\)"?)$/s;

export function isQuoting(text: string, values: ShellValues): boolean {
  return (
    /%q|@Q|@sh/.test(text) || [...text.matchAll(/\$\{?(\w+)/g)].some(([, name]) => values.get(name!)?.quoted === true)
  );
}

/** A word, or the body of a here-document, without the quoted values in it that stand in no other quotes of the text that it makes. */
export function withoutQuoted(text: string, values: ShellValues): string {
  const document = isDocument(text);
  let result = "";
  // The quotes of the word itself, and those of the text that it makes.
  let own: string | undefined = document ? '"' : undefined;
  let inner: string | undefined;
  const inText = (quote: string) => {
    if (inner === undefined) inner = quote;
    else if (inner === quote) inner = undefined;
  };
  for (let i = 0; i < text.length;) {
    const char = text[i]!;
    if (char === "\\" && own !== "'") {
      if (/["']/.test(text[i + 1] ?? "")) inText(text[i + 1]!);
      result += text.slice(i, i + 2);
      i += 2;
      continue;
    }
    const end = char === "$" && own !== "'" ? (endOfSpan(text, i, text.length) ?? i + nameAt(text, i)) : i;
    if (end > i) {
      const piece = text.slice(i, end);
      const variable = /^\$\{?(\w+)\}?$/.exec(piece)?.[1];
      const quoted =
        variable === undefined ? quoting.test(piece) && allQuoted(piece) : values.get(variable)?.quoted === true;
      if (!quoted || inner !== undefined) result += piece;
      i = end;
      continue;
    }
    if (/["']/.test(char)) {
      if (document || (own !== undefined && char !== own)) inText(char);
      else own = own === char ? undefined : char;
    }
    result += char;
    i++;
  }
  return result;
}

function nameAt(text: string, i: number): number {
  return /^\$[A-Za-z_]\w*/.exec(text.slice(i, i + 200))?.[0].length ?? 0;
}

/** Whether all that a program of jq pastes is quoted. */
function allQuoted(piece: string): boolean {
  if (!/\bjq\s/.test(piece)) return true;
  const pasted = piece.match(/\\\([^()]*\)/g) ?? [];
  return pasted.length > 0 && (/@sh\s+"/.test(piece) || pasted.every((part) => /\|\s*@sh\s*\)$/.test(part)));
}
