import { isKeyword } from "./command-word.ts";
import type { ShellCommand, ShellLevel, ShellWord } from "./commands.ts";
import { endOfHereDocument, hereDocumentAt } from "./here-document.ts";
import { endOfParentheses, endOfPlain, endOfSpan, type OnCommands } from "./spans.ts";

/** Substitutions within each other that are still read. */
const deepest = 20;

/** The commands of a script, or of one substitution in it. */
export class Level {
  private words: ShellWord[] = [];
  // Bodies of here-documents come after the command has ended.
  private input: ShellWord[] = [];
  private literal: ShellWord[] = [];
  private documents: { word: string; into: ShellWord[] }[] = [];
  private upstream: ShellCommand | undefined;
  /** Of the word that is being read; -1 between words. */
  private start = -1;
  private is_input = false;
  private in_test = false;
  /** The commands of `case` that are open, innermost last. */
  private readonly cases: ("pattern" | "commands")[] = [];
  private pattern_start = 0;
  private before: string[] = [];
  private readonly commands: ShellCommand[] = [];
  private readonly script: string;
  private readonly levels: ShellLevel[];
  private readonly inner: OnCommands;

  constructor(script: string, levels: ShellLevel[], depth: number) {
    this.script = script;
    this.levels = levels;
    this.inner = (from, to) => {
      if (depth < deepest) new Level(script, levels, depth + 1).read(from, to);
    };
  }

  read(from: number, to: number): void {
    this.levels.push({ commands: this.commands, from, to });
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
    if (/\s/.test(char) || (this.in_test && this.start === i - 2 && script.startsWith("]]", this.start)))
      this.endWord(i);
    if (this.in_test) {
      if (!/\s/.test(char)) this.inWord(i);
    } else if (char === "\n") return this.newLine(i, to);
    else if (/[;|&()]/.test(char)) return this.operator(i);
    else if (!/\s/.test(char)) this.inWord(i);
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
      this.pattern_start = end;
    }
  }

  private endCommand(end: number, piped = false): void {
    this.endWord(end);
    const { words, input, literal, upstream: from } = this;
    if (words.length === 0) return;
    this.words = [];
    this.input = [];
    this.literal = [];
    if (this.cases.at(-1) === "pattern") return;
    const command = { words, input, literal, from, before: this.before, start: words[0]!.start, end };
    this.commands.push(command);
    this.before = [];
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
    const end = i + (twice ? 2 : 1);
    if (cases.at(-1) !== "pattern") {
      const next_arm = cases.length > 0 && char === ";" && /[;&]/.test(script[i + 1] ?? "");
      this.before.push(next_arm ? script.slice(i, i + 2) : script.slice(i, end));
      if (!next_arm) return end;
      cases[cases.length - 1] = "pattern";
      this.pattern_start = script.startsWith(";;&", i) ? i + 3 : i + 2;
      return this.pattern_start;
    }
    if (char !== ")") return end;
    cases[cases.length - 1] = "commands";
    this.before.push(script.slice(this.pattern_start, end).trim());
    return end;
  }

  /** `<<EOF`, or `<<<` in front of a text. */
  private inputAt(i: number): number {
    this.endWord(i);
    const document = hereDocumentAt(this.script, i);
    if (document !== undefined) {
      this.documents.push({ word: document.word, into: document.literal ? this.literal : this.input });
      return i + document.length;
    }
    if (this.script[i + 2] !== "<") return i + 2;
    this.is_input = true;
    return i + 3;
  }

  private newLine(i: number, to: number): number {
    this.endWord(i);
    let next = i + 1;
    for (const { word, into } of this.documents) {
      const [stop, end] = endOfHereDocument(this.script, next, to, word);
      into.push({ text: this.script.slice(next, stop), start: next, end: stop });
      next = end + 1;
    }
    this.documents = [];
    this.endCommand(i);
    if (this.cases.at(-1) !== "pattern" && this.before.at(-1) !== "\n") this.before.push("\n");
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
