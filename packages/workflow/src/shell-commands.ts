import { endOfHereDocument, hereDocumentAt } from "./here-document.ts";
import { isKeyword } from "./shell-command-word.ts";
import { endOfParentheses, endOfPlain, endOfSpan, type OnCommands } from "./shell-spans.ts";

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

/** Substitutions within each other that are still read. */
const deepest = 20;

/**
 * The simple commands of a shell script, those inside `$( … )` and `<( … )` included, in the order in which they begin. No shell: it splits words and
 * commands, and expands nothing. Lists of arrays, conditions in `[[ … ]]` and arithmetic are words; patterns of a `case` are left out.
 */
export function shellCommands(script: string): ShellCommand[] {
  const commands: ShellCommand[] = [];
  new Level(script, commands, 0).read(0, script.length);
  return commands.sort((a, b) => a.start - b.start);
}

/** The commands of a script, or of one substitution in it. */
class Level {
  private words: ShellWord[] = [];
  // Bodies of here-documents come after the command has ended.
  private input: ShellWord[] = [];
  private documents: { word: string; input: ShellWord[] | undefined }[] = [];
  private upstream: ShellCommand | undefined;
  /** Of the word that is being read; -1 between words. */
  private start = -1;
  private is_input = false;
  private in_test = false;
  /** The commands of `case` that are open, innermost last. */
  private readonly cases: ("pattern" | "commands")[] = [];
  private readonly script: string;
  private readonly into: ShellCommand[];
  private readonly inner: OnCommands;

  constructor(script: string, into: ShellCommand[], depth: number) {
    this.script = script;
    this.into = into;
    this.inner = (from, to) => {
      if (depth < deepest) new Level(script, into, depth + 1).read(from, to);
    };
  }

  read(from: number, to: number): void {
    for (let i = from; i < to;) i = this.next(i, to);
    this.endCommand(to);
  }

  /** Reads what stands at `i`, and tells where to go on. */
  private next(i: number, to: number): number {
    const { script } = this;
    const plain = endOfPlain(script, i);
    if (plain > i) {
      this.inWord(i);
      return Math.min(plain, to);
    }
    const char = script[i]!;
    if (char === "\\") {
      if (script[i + 1] !== "\n") this.inWord(i);
      return i + 2;
    }
    const end = endOfSpan(script, i, to, this.inner);
    if (end !== undefined) {
      this.inWord(i);
      return end;
    }
    if (char === "#" && this.start < 0) return this.lineEnd(i, to);
    if (char === "<" && script[i + 1] === "<") return this.inputAt(i);
    if (char === "(" && this.opensWord(i)) {
      this.inWord(i);
      return endOfParentheses(script, i, to, this.inner);
    }
    if (char === " ") this.endWord(i);
    else if (this.in_test && /[\n;|&()]/.test(char)) this.endWord(i);
    else if (char === "\n") return this.newLine(i, to);
    else if (/[;|&()]/.test(char)) return this.operator(i);
    else if (char === "\t") this.endWord(i);
    else this.inWord(i);
    return i + 1;
  }

  private inWord(i: number): void {
    if (this.start < 0) this.start = i;
  }

  private endWord(end: number): void {
    if (this.start < 0) return;
    const text = this.script.slice(this.start, end);
    // A word that opens or closes something stands where a command may begin.
    const opens = /^(?:\[\[|esac)$/.test(text) && this.words.every((word) => isKeyword(word.text));
    (this.is_input ? this.input : this.words).push({ text, start: this.start, end });
    this.start = -1;
    this.is_input = false;
    if (text === "]]") this.in_test = false;
    else if (opens && text === "[[") this.in_test = true;
    else if (opens && text === "esac" && this.cases.length > 0) this.cases.pop();
    else if (text === "in" && this.words.at(-3)?.text === "case") {
      this.endCommand(end);
      this.cases.push("pattern");
    }
  }

  private endCommand(end: number, piped = false): void {
    this.endWord(end);
    const { words, input, upstream: from } = this;
    if (words.length === 0) return;
    this.words = [];
    this.input = [];
    if (this.cases.at(-1) === "pattern") return;
    const command = { words, input, from, start: words[0]!.start, end };
    this.into.push(command);
    this.upstream = piped ? command : undefined;
  }

  private operator(i: number): number {
    const { script } = this;
    const char = script[i]!;
    // A part of `2>&1`, `&>file` or `>|file`.
    if (/[&|]/.test(char) && /[<>]/.test(script[i - 1] ?? "")) return i + 1;
    if (char === "&" && (script[i - 1] === "|" || script[i + 1] === ">")) return i + 1;
    const twice = script[i + 1] === char && char !== "(" && char !== ")";
    this.endCommand(i, char === "|" && !twice);
    const { cases } = this;
    if (char === ")" && cases.at(-1) === "pattern") cases[cases.length - 1] = "commands";
    else if (char === ";" && /[;&]/.test(script[i + 1] ?? "") && cases.length > 0) cases[cases.length - 1] = "pattern";
    return i + (twice ? 2 : 1);
  }

  /** `<<EOF`, or `<<<` in front of a text. */
  private inputAt(i: number): number {
    this.endWord(i);
    const document = hereDocumentAt(this.script, i);
    if (document !== undefined) {
      // The body of a quoted one is never expanded.
      this.documents.push({ word: document.word, input: document.literal ? undefined : this.input });
      return i + document.length;
    }
    if (this.script[i + 2] !== "<") return i + 2;
    this.is_input = true;
    return i + 3;
  }

  private newLine(i: number, to: number): number {
    this.endWord(i);
    let next = i + 1;
    for (const { word, input } of this.documents) {
      const [stop, end] = endOfHereDocument(this.script, next, to, word);
      input?.push({ text: this.script.slice(next, stop), start: next, end: stop });
      next = end + 1;
    }
    this.documents = [];
    this.endCommand(i);
    return next;
  }

  /** `name=( … )` is a list, `(( … ))` arithmetic, `!( … )` and its like a pattern. */
  private opensWord(i: number): boolean {
    const { script, start, words } = this;
    if (start >= 0) return /(?:^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=|[@!?*+])$/.test(script.slice(start, i));
    return script[i + 1] === "(" && words.every(({ text }) => isKeyword(text) || text === "for");
  }

  private lineEnd(i: number, to: number): number {
    const end = this.script.indexOf("\n", i);
    return end < 0 || end > to ? to : end;
  }
}
