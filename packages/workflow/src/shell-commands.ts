/** A simple command of a shell script: its words as they are written, quotes included. Offsets are in the script. */
export type ShellCommand = {
  readonly words: readonly ShellWord[];
  /** What it is given to read in the script itself: bodies of here-documents that are expanded, and what stands behind `<<<`. */
  readonly input: readonly ShellWord[];
  /** The command whose output it reads by a pipe. */
  readonly from: ShellCommand | undefined;
  readonly start: number;
  readonly end: number;
};
export type ShellWord = { readonly text: string; readonly start: number; readonly end: number };

/**
 * The simple commands of a shell script, those inside `$( … )` and `<( … )` included, in the order in which they begin. No shell: it splits words and
 * commands, and expands nothing.
 */
export function shellCommands(script: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  read(script, 0, script.length, commands);
  return commands.sort((a, b) => a.start - b.start);
}

function read(script: string, from: number, to: number, into: ShellCommand[]): void {
  let words: ShellWord[] = [];
  // Bodies of here-documents come after the command has ended.
  let input: ShellWord[] = [];
  let heredocs: { word: string; input: ShellWord[] | undefined }[] = [];
  let upstream: ShellCommand | undefined;
  let start = -1;
  let isInput = false;
  const endWord = (end: number) => {
    if (start < 0) return;
    (isInput ? input : words).push({ text: script.slice(start, end), start, end });
    start = -1;
    isInput = false;
  };
  const endCommand = (end: number, piped = false) => {
    endWord(end);
    if (words.length === 0) return;
    const command = { words, input, from: upstream, start: words[0]!.start, end };
    into.push(command);
    upstream = piped ? command : undefined;
    words = [];
    input = [];
  };
  for (let i = from; i < to; i++) {
    const char = script[i]!;
    if (char === "\\") {
      if (start < 0 && script[i + 1] !== "\n") start = i;
      i++;
    } else if (char === "'" || char === '"') {
      if (start < 0) start = i;
      i = char === "'" ? closing(script, i, to) : endOfDouble(script, i, to, into);
    } else if (script.startsWith("${{", i)) {
      if (start < 0) start = i;
      i = Math.max(i, script.indexOf("}}", i) + 1);
    } else if (script.startsWith("$(", i) && script[i + 2] !== "(") {
      if (start < 0) start = i;
      const end = endOfSubstitution(script, i + 1, to);
      read(script, i + 2, end, into);
      i = end;
    } else if (char === "#" && start < 0) {
      const end = script.indexOf("\n", i);
      i = (end < 0 ? to : end) - 1;
    } else if (char === "\n") {
      endWord(i);
      if (heredocs.length > 0) {
        for (const { word, input: body } of heredocs) {
          const end = new RegExp(`^[ \\t]*${word}[ \\t]*$`, "m").exec(script.slice(i + 1, to));
          const stop = end === null ? to : i + 1 + end.index;
          body?.push({ text: script.slice(i + 1, stop), start: i + 1, end: stop });
          i = stop + (end?.[0].length ?? 0);
        }
        heredocs = [];
      }
      endCommand(i);
    } else if (script.startsWith("<<", i) && script[i + 2] !== "<") {
      endWord(i);
      const found = /^<<-?[ \t]*(["']?)([A-Za-z_]\w*)\1/.exec(script.slice(i, i + 120));
      if (found !== null) {
        // The body of a quoted one is never expanded.
        heredocs.push({ word: found[2]!, input: found[1] === "" ? input : undefined });
        i += found[0].length - 1;
      }
    } else if (script.startsWith("<<<", i)) {
      endWord(i);
      i += 2;
      isInput = true;
    } else if (script.startsWith("<(", i)) {
      if (start < 0) start = i;
      const end = endOfSubstitution(script, i + 1, to);
      read(script, i + 2, end, into);
      i = end;
    } else if (/[;|&()]/.test(char)) {
      if (char === "&" && (/[<>|]/.test(script[i - 1] ?? "") || script[i + 1] === ">")) continue;
      const twice = script[i + 1] === char;
      endCommand(i, char === "|" && !twice);
      if (twice) i++;
    } else if (/\s/.test(char)) endWord(i);
    else if (start < 0) start = i;
  }
  endCommand(to);
}

/** Where the single quote that opens at `at` closes. */
function closing(script: string, at: number, to: number): number {
  const end = script.indexOf("'", at + 1);
  return end < 0 || end > to ? to : end;
}

function endOfDouble(script: string, at: number, to: number, into: ShellCommand[] | undefined): number {
  for (let i = at + 1; i < to; i++) {
    if (script[i] === "\\") i++;
    else if (script[i] === '"') return i;
    else if (script.startsWith("$(", i) && script[i + 2] !== "(") {
      const end = endOfSubstitution(script, i + 1, to);
      if (into !== undefined) read(script, i + 2, end, into);
      i = end;
    }
  }
  return to;
}

/** Where the parenthesis that opens at `at` closes. */
function endOfSubstitution(script: string, at: number, to: number): number {
  let depth = 0;
  for (let i = at; i < to; i++) {
    const char = script[i];
    if (char === "\\") i++;
    else if (char === "'") i = closing(script, i, to);
    else if (char === '"') i = endOfDouble(script, i, to, undefined);
    else if (char === "(") depth++;
    else if (char === ")" && --depth === 0) return i;
  }
  return to;
}
