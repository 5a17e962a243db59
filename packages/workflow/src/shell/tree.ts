import { endOfHereDocument, hereDocumentAt } from "./here-document.ts";
import { endOfParentheses, endOfQuoted } from "./spans.ts";

/** What a shell script is made of, as far as it decides whether a command runs. Offsets are in the script. */
export type Node = { readonly start: number; readonly end: number } & (
  | { readonly type: "simple"; readonly words: readonly string[]; readonly input: string | undefined }
  | { readonly type: "test"; readonly text: string }
  | { readonly type: "group" | "subshell"; readonly body: List }
  | { readonly type: "if"; readonly clauses: readonly Clause[]; readonly otherwise: List }
  | { readonly type: "while"; readonly until: boolean; readonly condition: List; readonly body: List }
  | { readonly type: "for"; readonly name: string; readonly words: readonly string[]; readonly body: List }
  | { readonly type: "case"; readonly subject: string; readonly arms: readonly Arm[] }
  | { readonly type: "function"; readonly name: string; readonly body: Node }
);
type Clause = { readonly condition: List; readonly body: List };
/** `falls`: it ends with `;&` or `;;&`. */
type Arm = { readonly patterns: readonly string[]; readonly body: List; readonly falls: boolean };
export type List = readonly Statement[];
/** Pipelines that `&&` and `||` join, the operator in front of each. */
export type Statement = { readonly parts: readonly Part[]; readonly background: boolean };
export type Part = {
  readonly operator: "&&" | "||" | undefined;
  readonly negated: boolean;
  readonly commands: readonly Node[];
};

/** Undefined where the script is none, or more than is read here. */
export function shellTree(script: string): List | undefined {
  try {
    return new Reader(script).whole();
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

type Token = {
  readonly kind: "word" | "operator" | "end";
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

/** Deeper than anyone writes. */
const deepest = 40;

class Reader {
  private readonly script: string;
  private token: Token = { kind: "end", text: "", start: 0, end: 0 };
  private documents: string[] = [];
  private depth = 0;

  constructor(script: string) {
    this.script = script;
    this.advance();
  }

  whole(): List {
    const list = this.list([]);
    if (this.token.kind !== "end") throw new Unreadable();
    return list;
  }

  /** Statements up to one of some words, a parenthesis, or the end of an arm. */
  private list(until: readonly string[]): List {
    if (++this.depth > deepest) throw new Unreadable();
    const statements: Statement[] = [];
    for (;;) {
      while (this.isOperator("\n", ";", "&")) this.advance();
      if (this.token.kind === "end" || this.isOperator(")", ";;", ";&", ";;&") || this.isWord(...until)) break;
      statements.push(this.statement());
    }
    this.depth--;
    return statements;
  }

  private statement(): Statement {
    const parts = [this.part(undefined)];
    while (this.isOperator("&&", "||")) {
      const operator = this.token.text as "&&" | "||";
      this.advance();
      this.skipLines();
      parts.push(this.part(operator));
    }
    const background = this.isOperator("&");
    if (this.isOperator(";", "&", "\n")) this.advance();
    return { parts, background };
  }

  private part(operator: Part["operator"]): Part {
    let negated = false;
    for (; this.isWord("!", "time"); this.advance()) if (this.token.text === "!") negated = !negated;
    const commands = [this.command()];
    while (this.isOperator("|", "|&")) {
      this.advance();
      this.skipLines();
      commands.push(this.command());
    }
    return { operator, negated, commands };
  }

  private command(): Node {
    const { kind, text, start } = this.token;
    const to = <T extends object>(node: T): T & { start: number; end: number } => {
      this.redirections();
      return { ...node, start, end: this.token.start };
    };
    if (kind === "operator") {
      if (text !== "(") throw new Unreadable();
      if (this.script[start + 1] === "(") {
        this.advance(endOfParentheses(this.script, start, this.script.length));
        return to({ type: "simple", words: ["(("], input: undefined });
      }
      this.advance();
      const body = this.list([]);
      this.expectOperator(")");
      return to({ type: "subshell", body });
    }
    if (text === "{") {
      const body = this.behind("{", ["}"]);
      return to({ type: "group", body });
    }
    if (text === "[[") return to({ type: "test", text: this.test() });
    if (text === "if") return to(this.conditional());
    if (text === "while" || text === "until") {
      const condition = this.behind(text, ["do"], false);
      return to({ type: "while", until: text === "until", condition, body: this.behind("do", ["done"]) });
    }
    if (text === "for" || text === "select") return to(this.loop());
    if (text === "case") return to(this.choice());
    if (text === "function") {
      this.advance();
      const name = this.word();
      if (this.isOperator("(")) this.parentheses();
      this.skipLines();
      return to({ type: "function", name, body: this.command() });
    }
    return this.simple();
  }

  private simple(): Node {
    const { start } = this.token;
    const words: string[] = [];
    let input: string | undefined;
    let end = start;
    for (;;) {
      if (this.isOperator("(") && words.length === 1 && /^[\w:.-]+$/.test(words[0]!)) {
        this.parentheses();
        this.skipLines();
        return { type: "function", name: words[0]!, body: this.command(), start, end: this.token.start };
      }
      end = this.token.kind === "word" || isRedirection(this.token) ? this.token.end : end;
      if (isRedirection(this.token)) {
        const is_text = this.token.text === "<<<";
        this.advance();
        const target = this.token.kind === "word" ? this.token.text : "";
        if (is_text) input = target;
        end = this.token.end;
        if (this.token.kind === "word") this.advance();
      } else if (this.token.kind === "word") {
        words.push(this.token.text);
        this.advance();
      } else break;
    }
    if (end === start) throw new Unreadable();
    return { type: "simple", words, input, start, end };
  }

  private redirections(): void {
    while (isRedirection(this.token)) {
      this.advance();
      this.word();
    }
  }

  private conditional() {
    const clauses: Clause[] = [];
    for (let word = "if"; this.isWord(word); word = "elif") {
      const condition = this.behind(word, ["then"], false);
      clauses.push({ condition, body: this.behind("then", ["elif", "else", "fi"], false) });
    }
    const otherwise = this.isWord("else") ? this.behind("else", ["fi"], false) : [];
    this.expectWord("fi");
    return { type: "if", clauses, otherwise } as const;
  }

  private loop() {
    this.advance();
    const words: string[] = [];
    let name = "";
    if (this.isOperator("(")) this.advance(endOfParentheses(this.script, this.token.start, this.script.length));
    else {
      name = this.word();
      this.skipLines();
      if (this.isWord("in")) {
        this.advance();
        while (this.token.kind === "word") words.push(this.word());
      }
    }
    while (this.isOperator(";", "\n")) this.advance();
    const closes = this.isWord("{") ? "}" : "done";
    return { type: "for", name, words, body: this.behind(closes === "}" ? "{" : "do", [closes]) } as const;
  }

  private choice() {
    this.advance();
    const subject = this.word();
    this.skipLines();
    this.expectWord("in");
    const arms: Arm[] = [];
    for (this.skipLines(); !this.isWord("esac"); this.skipLines()) {
      if (this.token.kind === "end") throw new Unreadable();
      const from = this.isOperator("(") ? this.token.end : this.token.start;
      const [patterns, end] = patternsFrom(this.script, from);
      this.advance(end);
      const body = this.list(["esac"]);
      arms.push({ patterns, body, falls: this.isOperator(";&", ";;&") });
      if (!this.isWord("esac")) this.advance();
    }
    this.advance();
    return { type: "case", subject, arms } as const;
  }

  private test(): string {
    const from = this.token.end;
    const close = /\s\]\](?=$|[\s;&|)}])/g;
    close.lastIndex = from;
    const found = close.exec(this.script);
    if (found === null) throw new Unreadable();
    this.advance(found.index + 3);
    return this.script.slice(from, found.index);
  }

  /** What stands behind a word and in front of one of others, which is passed where it only `closes`. */
  private behind(word: string, until: readonly string[], closes = true): List {
    this.expectWord(word);
    const list = this.list(until);
    if (!this.isWord(...until)) throw new Unreadable();
    if (closes) this.advance();
    return list;
  }

  private parentheses(): void {
    this.advance();
    this.expectOperator(")");
  }

  private word(): string {
    const { kind, text } = this.token;
    if (kind !== "word") throw new Unreadable();
    this.advance();
    return text;
  }

  private isWord(...texts: readonly string[]): boolean {
    return this.token.kind === "word" && texts.includes(this.token.text);
  }

  private isOperator(...texts: readonly string[]): boolean {
    return this.token.kind === "operator" && texts.includes(this.token.text);
  }

  private expectWord(text: string): void {
    if (!this.isWord(text)) throw new Unreadable();
    this.advance();
  }

  private expectOperator(text: string): void {
    if (!this.isOperator(text)) throw new Unreadable();
    this.advance();
  }

  private skipLines(): void {
    while (this.isOperator("\n")) this.advance();
  }

  private advance(from = this.token.end): void {
    const { script } = this;
    let i = from;
    for (;;) {
      if (script.startsWith("\\\n", i)) i += 2;
      else if (/[ \t\r]/.test(script[i] ?? "")) i++;
      else if (script[i] === "#") i = lineEnd(script, i);
      else {
        const document = script[i] === "<" ? hereDocumentAt(script, i) : undefined;
        if (document === undefined) break;
        this.documents.push(document.word);
        i += document.length;
      }
    }
    this.token = this.tokenAt(i);
  }

  private tokenAt(i: number): Token {
    const { script } = this;
    if (i >= script.length) return { kind: "end", text: "", start: i, end: i };
    if (script[i] === "\n") {
      let end = i + 1;
      for (const word of this.documents) end = endOfHereDocument(script, end, script.length, word)[1] + 1;
      this.documents = [];
      return { kind: "operator", text: "\n", start: i, end: Math.min(end, script.length) };
    }
    const text = operatorAt.exec(script.slice(i, i + 12))?.[0];
    if (text !== undefined) return { kind: "operator", text: text.replace(/^\d+/, ""), start: i, end: i + text.length };
    const end = endOfWord(script, i);
    return { kind: "word", text: script.slice(i, end), start: i, end };
  }
}

const operatorAt = /^(?:\d*(?:<<<|<&|<>|<(?![<(])|>>|>&|>\||>(?!\())|&>>?|&&|\|\||\|&|;;&|;;|;&|[;&|()])/;

function isRedirection({ kind, text }: Token): boolean {
  return kind === "operator" && /[<>]/.test(text);
}

function endOfWord(script: string, start: number): number {
  let i = start;
  while (i < script.length) {
    const char = script[i]!;
    const quoted = endOfQuoted(script, i, script.length);
    if (quoted !== undefined) i = quoted;
    // A list, or a pattern.
    else if (char === "(" && /[=@!?*+]/.test(script[i - 1] ?? "") && i > start)
      i = endOfParentheses(script, i, script.length);
    else if (/[\s;&|()<>]/.test(char)) break;
    else i++;
  }
  return Math.max(i, start + 1);
}

/** Of an arm of `case`, up to the parenthesis behind them. */
function patternsFrom(script: string, from: number): [patterns: string[], end: number] {
  const patterns: string[] = [];
  let start = from;
  for (let i = from; i < script.length;) {
    const quoted = endOfQuoted(script, i, script.length);
    if (quoted !== undefined) i = quoted;
    else if (script[i] === "(") i = endOfParentheses(script, i, script.length);
    else if (script[i] === "|" || script[i] === ")") {
      patterns.push(script.slice(start, i).trim());
      if (script[i] === ")") return [patterns, i + 1];
      start = ++i;
    } else i++;
  }
  throw new Unreadable();
}

function lineEnd(script: string, i: number): number {
  const end = script.indexOf("\n", i);
  return end < 0 ? script.length : end;
}
