import { either, withChanges, withNames, type Known } from "./known-names.ts";
import { isNarrowArm, knownIfFalse, knownIfTrue, runEnders } from "./shell-guards.ts";
import type { ShellCommand } from "./shell-commands.ts";

const nothing: ReadonlySet<string> = new Set();

/** Where a command that is open was begun, and what is known of the ways through it. */
type Frame = {
  readonly kind: "if" | "loop" | "case" | "group" | "subshell";
  readonly outer: Ends;
  readonly operator: string;
  readonly entry: Known;
  /** At the ends of the branches so far. */
  readonly ends: Known[];
  /** Where no branch so far was taken. */
  otherwise: Known;
  /** The variable of a `case`. */
  readonly name?: string | undefined;
  readonly until?: boolean;
};

/** What is known when a command succeeded, and when it failed. */
type Ends = { readonly ok: Known; readonly failed: Known };

/**
 * Walks through the commands of one level, and keeps what is known of variables on every way: in a branch what its condition says, behind it what is
 * known at the end of each branch that goes on.
 */
export class ShellFlow {
  private known: Known;
  /** Of the commands that `&&` and `||` join, up to here. */
  private list: Ends;
  /** Of the last such list that ended: the condition of the `then` or `do` behind it. */
  private condition: Ends;
  private operator = "";
  private negated = false;
  private readonly frames: Frame[] = [];

  constructor(known: Known) {
    this.known = known;
    this.list = this.condition = { ok: known, failed: known };
  }

  /** What is known where this command begins, once it was passed by `enter`. */
  get here(): ReadonlySet<string> {
    return this.known ?? nothing;
  }

  /** Takes what stands in front of a command, and its keywords. */
  enter({ before, words }: ShellCommand): void {
    for (const operator of before) this.between(operator);
    for (let i = 0; i < words.length && this.keyword(words, i); i++);
  }

  /** Takes the command itself. `changed` are its variables, by whether they are known from here on. */
  leave({ words }: ShellCommand, changed: ReadonlyMap<string, boolean>): void {
    const texts = words.map(({ text }) => text);
    const at = texts.findIndex((text) => !isStructure(text));
    if (at < 0) return;
    const { known } = this;
    if (known === undefined || runEnders.test(texts[at]!)) return this.ends({ ok: undefined, failed: undefined });
    const test = testIn(texts.slice(at));
    const after = changed.size === 0 ? known : withChanges(known, changed);
    this.ends({
      ok: test === undefined ? after : withNames(after, knownIfTrue(test)),
      failed: test === undefined ? after : withNames(after, knownIfFalse(test)),
    });
  }

  private ends(command: Ends): void {
    const { ok, failed } = this.negated ? { ok: command.failed, failed: command.ok } : command;
    this.negated = false;
    if (this.operator === "&&") this.list = { ok, failed: either(this.list.failed, failed) };
    else if (this.operator === "||") this.list = { ok: either(this.list.ok, ok), failed };
    else this.list = { ok, failed };
  }

  private between(operator: string): void {
    if (operator === "&&" || operator === "||") {
      this.known = operator === "&&" ? this.list.ok : this.list.failed;
      this.operator = operator;
      return;
    }
    if (operator === "(") return this.open("subshell");
    if (operator === ")") return this.close("subshell");
    if (operator === "|") return;
    this.endList();
    const frame = this.frames.at(-1);
    if (frame?.kind !== "case") return;
    if (operator.startsWith(";;") || operator === ";&") frame.ends.push(this.known);
    else if (operator.endsWith(")")) this.arm(frame, operator.slice(0, -1));
  }

  private endList(): void {
    this.condition = this.list;
    this.known = either(this.list.ok, this.list.failed);
    this.list = { ok: this.known, failed: this.known };
    this.operator = "";
  }

  private branch(known: Known): void {
    this.known = known;
    this.list = { ok: known, failed: known };
    this.operator = "";
  }

  private arm(frame: Frame, patterns: string): void {
    const { taken, left } = isNarrowArm(patterns);
    const add = (known: Known) => known && withNames(known, frame.name === undefined ? [] : [frame.name]);
    this.branch(taken ? add(frame.otherwise) : frame.otherwise);
    if (left === "nothing") frame.otherwise = undefined;
    else if (left === "narrow") frame.otherwise = add(frame.otherwise);
  }

  /** Whether a word is a keyword, so that what follows may be one too. */
  private keyword(words: ShellCommand["words"], at: number): boolean {
    const frame = this.frames.at(-1);
    const { text } = words[at]!;
    switch (text) {
      case "!":
        this.negated = !this.negated;
        return true;
      case "if":
        this.open("if");
        return true;
      case "then":
        if (frame?.kind === "if") frame.otherwise = this.condition.failed;
        this.branch(this.condition.ok);
        return true;
      case "elif":
      case "else":
        if (frame?.kind !== "if") return true;
        frame.ends.push(this.known);
        this.branch(frame.otherwise);
        if (text === "else") frame.otherwise = undefined;
        return true;
      case "fi":
        this.close("if");
        return true;
      case "for":
      case "select":
      case "while":
      case "until":
        this.open("loop", { until: text === "until" });
        return text === "while" || text === "until";
      case "do":
        this.branch(frame?.until === true ? this.condition.failed : this.condition.ok);
        return true;
      case "done":
        this.close("loop");
        return true;
      case "case":
        this.open("case", { name: /^"?\$\{?([A-Za-z_]\w*)\}?"?$/.exec(words[at + 1]?.text ?? "")?.[1] });
        return false;
      case "esac":
        this.close("case");
        return true;
      case "{":
        this.open("group");
        return true;
      case "}":
        this.close("group");
        return true;
      default:
        return false;
    }
  }

  private open(kind: Frame["kind"], more: Pick<Frame, "name" | "until"> = {}): void {
    const { list: outer, operator, known: entry } = this;
    this.frames.push({ kind, outer, operator, entry, ends: [], otherwise: entry, ...more });
    this.branch(entry);
  }

  /** What is known behind a command of several, which may be one of those that `&&` and `||` join. */
  private close(kind: Frame["kind"]): void {
    if (this.frames.at(-1)?.kind !== kind) return;
    const { outer, operator, entry, ends, otherwise } = this.frames.pop()!;
    this.endList();
    const end = this.known;
    const after: Record<Frame["kind"], Known> = {
      if: [...ends, end].reduce(either, otherwise),
      case: [...ends, end].reduce(either, otherwise),
      loop: either(entry, end),
      group: end,
      // What ends there does not end the run.
      subshell: entry,
    };
    this.list = outer;
    this.operator = operator;
    this.known = after[kind];
    this.ends({ ok: this.known, failed: this.known });
  }
}

function isStructure(text: string): boolean {
  return /^(?:!|if|then|elif|else|fi|while|until|do|done|esac|\{|\})$/.test(text);
}

/** What stands in `[[ … ]]`, `[ … ]` or behind `test`. */
function testIn([first = "", ...rest]: readonly string[]): string | undefined {
  if (first === "test") return rest.join(" ");
  const end = first === "[[" ? rest.indexOf("]]") : first === "[" ? rest.indexOf("]") : -1;
  return end < 0 ? undefined : rest.slice(0, end).join(" ");
}
