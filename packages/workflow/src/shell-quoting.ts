/** In what a place of a shell script stands. */
export type Quoting = "none" | "single" | "double" | "heredoc";

/** How the text at `offset` is quoted; `undefined` where no variable would be expanded (comments, quoted here-documents) or it cannot be told. */
export function quotingAt(script: string, offset: number): Quoting | undefined {
  // What is open around the place: " ' and the parentheses of $( … ), innermost last.
  const open: ('"' | "'" | "(")[] = [];
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
    else if (char === '"') {
      if (inner === '"') open.pop();
      else open.push('"');
    } else if (script.startsWith("$(", i)) {
      open.push("(");
      i++;
    } else if (inner === '"') continue;
    else if (char === "'") open.push("'");
    else if (char === "(" && inner === "(") open.push("(");
    else if (char === ")" && inner === "(") open.pop();
    else if (char === "#" && /^$|[\s;]/.test(script[i - 1] ?? "")) {
      const end = script.indexOf("\n", i);
      if (end < 0 || end >= offset) return undefined;
      i = end - 1;
    } else if (script.startsWith("<<", i) && script[i + 2] !== "<" && script[i - 1] !== "<") {
      const word = /^<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(script.slice(i, i + 120));
      if (word !== null) {
        heredocs.push({ word: word[2]!, literal: word[1] !== "" });
        i += word[0].length - 1;
      }
    } else if (char === "\n" && heredocs.length > 0) {
      for (const { word, literal } of heredocs) {
        const end = new RegExp(`^\\s*${word}\\s*$`, "m").exec(script.slice(i + 1));
        const stop = end === null ? script.length : i + 1 + end.index;
        if (offset < stop) return literal ? undefined : "heredoc";
        i = stop + (end?.[0].length ?? 0) - 1;
      }
      heredocs = [];
    }
  }
  return open.at(-1) === '"' ? "double" : open.at(-1) === "'" ? "single" : "none";
}
