/** In what a place of a shell script stands. */
export type Quoting = "none" | "single" | "double" | "heredoc";

/** A place where no variable is expanded: a comment, a here-document whose delimiter is quoted, or `$'…'`. */
export type Unexpanded = "comment" | "literal" | "escaped";

/** How the text at `offset` is quoted; `undefined` where no variable would be expanded. */
export function quotingAt(script: string, offset: number): Quoting | undefined {
  const place = shellPlaceAt(script, offset);
  return place === "comment" || place === "literal" || place === "escaped" ? undefined : place;
}

/** In what the text at `offset` stands. */
export function shellPlaceAt(script: string, offset: number): Quoting | Unexpanded {
  // What is open around the place: " ' and the beginnings of $( … ) and ` … `, innermost last.
  const open: ('"' | "'" | "(" | "`")[] = [];
  let heredocs: { word: string; literal: boolean }[] = [];
  for (let i = 0; i < offset; i++) {
    const char = script[i];
    const inner = open.at(-1);
    // An expression is no shell text; its quotes are its own.
    if (script.startsWith("${{", i)) {
      const end = script.indexOf("}}", i);
      if (end >= 0) i = end + 1;
      continue;
    }
    if (inner === "'") {
      if (char === "'") open.pop();
      continue;
    }
    if (char === "\\") i++;
    else if (char === "`") {
      if (inner === "`") open.pop();
      else open.push("`");
    } else if (char === '"') {
      if (inner === '"') open.pop();
      else open.push('"');
    } else if (script.startsWith("$(", i)) {
      open.push("(");
      i++;
    } else if (inner === '"') continue;
    else if (script.startsWith("$'", i)) {
      const end = /^\$'(?:\\[\s\S]|[^'\\])*'/.exec(script.slice(i))?.[0].length ?? Infinity;
      if (i + end > offset) return "escaped";
      i += end - 1;
    } else if (char === "'") open.push("'");
    else if (char === "(" && inner === "(") open.push("(");
    else if (char === ")" && inner === "(") open.pop();
    else if (char === "#" && /^$|[\s;]/.test(script[i - 1] ?? "")) {
      const end = script.indexOf("\n", i);
      if (end < 0 || end >= offset) return "comment";
      i = end - 1;
    } else if (script.startsWith("<<", i) && script[i + 2] !== "<" && script[i - 1] !== "<") {
      const word = /^<<-?[ \t]*(?!\d)((?:\\.|"[^"\n]*"|'[^'\n]*'|[\w.-])+)/.exec(script.slice(i, i + 120));
      if (word !== null) {
        const delimiter = word[1]!.replaceAll(/["'\\]/g, "");
        heredocs.push({ word: delimiter, literal: delimiter !== word[1] });
        i += word[0].length - 1;
      }
    } else if (char === "\n" && heredocs.length > 0) {
      for (const { word, literal } of heredocs) {
        const end = new RegExp(`^\\s*${word.replaceAll(/\W/g, "\\$&")}\\s*$`, "m").exec(script.slice(i + 1));
        const stop = end === null ? script.length : i + 1 + end.index;
        if (offset < stop) return literal ? "literal" : "heredoc";
        i = stop + (end?.[0].length ?? 0) - 1;
      }
      heredocs = [];
    }
  }
  return open.at(-1) === '"' ? "double" : open.at(-1) === "'" ? "single" : "none";
}
