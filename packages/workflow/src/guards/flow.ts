import { anyChars, noChars, type Charset } from "../chars/charset.ts";
import { charsOfGlob, charsOutsideGlob } from "../chars/pattern-chars.ts";
import { literalOf, literalsIn, patternOf, variableOf } from "../shell/text.ts";
import { shellTree, type List, type Node, type Part, type Statement } from "../shell/tree.ts";
import { outcomeOfCondition, type Literals, type Outcome } from "./condition.ts";
import { charsIn, copied, either, forgotten, narrowed, nothingKnown, type Facts, type Reached } from "./facts.ts";
import { givenBy, outcomeOfExpr, outcomeOfGrep, type Given } from "./filters.ts";

/** What is known when a command begins. */
type Place = { readonly start: number; readonly end: number; facts: Facts };

/** How a script is followed: what ends it, and the function that it is in. */
type Context = {
  /** A command that fails ends the script (`bash -e`). */
  readonly fails_at_once: boolean;
  readonly within: readonly string[];
  /** Takes what is known at each `return`. */
  readonly onReturn: ((status: string | undefined, facts: Facts) => void) | undefined;
};

/** Commands that are followed, functions as often as they are called. */
const mostCommands = 5_000;

class TooMuch extends Error {}

/**
 * Follows a shell script through its branches, loops and functions: what a check has left of a variable is known where no run comes by without it.
 */
export class ShellFlow {
  private readonly script: string;
  private readonly places = new Map<number, Place>();
  private readonly functions = new Map<string, Node>();
  private readonly called = new Set<string>();
  private literals: ReadonlyMap<string, string> | undefined;
  private commands = 0;
  /** In the order of the script; none where it cannot be read. */
  readonly found: readonly Place[];
  /** Behind the last command, and where that succeeded. */
  readonly atEnd: Facts;
  readonly afterSuccess: Facts;

  constructor(script: string, fails_at_once: boolean) {
    this.script = script;
    const tree = shellTree(script);
    let end: Outcome = { yes: undefined, no: undefined };
    try {
      if (tree === undefined) throw new TooMuch();
      end = this.list(tree, nothingKnown, { fails_at_once, within: [], onReturn: undefined });
      for (const [name, body] of this.functions) if (!this.called.has(name)) this.forget(body);
      this.found = [...this.places.values()].sort((a, b) => a.start - b.start);
    } catch (error) {
      if (!(error instanceof TooMuch)) throw error;
      this.found = [];
      end = { yes: undefined, no: undefined };
    }
    this.atEnd = either(end.yes, end.no) ?? nothingKnown;
    this.afterSuccess = end.yes ?? nothingKnown;
  }

  private readonly literal: Literals = (name) => (this.literals ??= literalsIn(this.script)).get(name);

  private list(list: List, from: Reached, context: Context): Outcome {
    let outcome: Outcome = { yes: from, no: undefined };
    for (const [index, statement] of list.entries()) {
      const before = index === 0 ? from : either(outcome.yes, outcome.no);
      outcome = this.statement(statement, before, context);
    }
    return outcome;
  }

  private statement({ parts, background }: Statement, from: Reached, context: Context): Outcome {
    const last = parts.length - 1;
    const inner = (index: number): Context =>
      index === last && !background ? context : { ...context, fails_at_once: false };
    let { yes, no } = this.pipeline(parts[0]!, from, inner(0));
    // Of a command in front of && or || no failure ends the script.
    let tolerated: Reached;
    for (const [index, part] of parts.entries()) {
      if (index === 0) continue;
      const right = this.pipeline(part, part.operator === "&&" ? yes : no, inner(index));
      if (part.operator === "&&") {
        tolerated = no;
        [yes, no] = [right.yes, right.no];
      } else {
        tolerated = undefined;
        [yes, no] = [either(yes, right.yes), right.no];
      }
      if (index < last) {
        no = either(no, tolerated);
        tolerated = undefined;
      }
    }
    if (background) return { yes: from, no: undefined };
    const ends = context.fails_at_once && !parts[last]!.negated;
    return { yes, no: ends ? tolerated : either(no, tolerated) };
  }

  private pipeline({ negated, commands }: Part, from: Reached, context: Context): Outcome {
    const inner = negated ? { ...context, fails_at_once: false } : context;
    let outcome: Outcome;
    if (commands.length === 1) outcome = this.command(commands[0]!, from, inner);
    else {
      for (const command of commands) this.command(command, from, { ...inner, onReturn: undefined });
      const [giving, taking] = [commands.at(-2)!, commands.at(-1)!];
      const given = giving.type === "simple" ? givenBy(giving.words) : undefined;
      outcome = (given !== undefined && commands.length === 2 && taking.type === "simple"
        ? outcomeOfGrep(taking.words, given, from, this.literal)
        : undefined) ?? { yes: from, no: from };
    }
    return negated ? { yes: outcome.no, no: outcome.yes } : outcome;
  }

  private command(node: Node, from: Reached, context: Context): Outcome {
    if (++this.commands > mostCommands) throw new TooMuch();
    if (node.type === "simple" || node.type === "test") this.note(node, from);
    const after = (reached: Reached): Outcome => ({ yes: reached, no: reached });
    switch (node.type) {
      case "simple":
        return this.simple(node.words, node.input, from, context);
      case "test":
        return outcomeOfCondition(node.text, from, this.literal);
      case "group":
        return this.list(node.body, from, context);
      case "subshell": {
        this.list(node.body, from, { ...context, onReturn: undefined });
        const last = node.body.at(-1)?.parts;
        const ending = last?.length === 1 && last[0]!.commands.length === 1 ? last[0]!.commands[0]! : undefined;
        const status = ending?.type === "simple" && ending.words[0] === "exit" ? ending.words[1] : undefined;
        return status !== undefined && /^[1-9]\d*$/.test(status) ? { yes: undefined, no: from } : after(from);
      }
      case "if": {
        let reached: Outcome = { yes: undefined, no: undefined };
        let otherwise = from;
        for (const { condition, body } of node.clauses) {
          const { yes, no } = this.list(condition, otherwise, { ...context, fails_at_once: false });
          reached = both(reached, this.list(body, yes, context));
          otherwise = no;
        }
        return both(reached, this.list(node.otherwise, otherwise, context));
      }
      case "while": {
        const kept = this.keptIn(node, from);
        const { yes, no } = this.list(node.condition, kept, { ...context, fails_at_once: false });
        this.list(node.body, node.until ? no : yes, context);
        return after(kept);
      }
      case "for": {
        const kept = this.keptIn(node, from);
        this.note({ start: node.start, end: node.start + "for".length }, from);
        const entry = kept === undefined ? undefined : forgotten(forgotten(kept, node.name), `!${node.name}`);
        const end = this.list(node.body, entry, context);
        return after(this.afterEach(node, entry, either(end.yes, end.no)));
      }
      case "case":
        return this.choice(node, from, context);
      case "function":
        this.functions.set(node.name, node.body);
        return { yes: from, no: undefined };
      default:
        return node satisfies never;
    }
  }

  /** `for name in A B; do [[ ${!name} =~ … ]] || exit 1; done` has checked A and B, and `for item in "${list[@]}"` the items of the list. */
  private afterEach({ name, words, start, end }: Node & { type: "for" }, entry: Reached, checked: Reached): Reached {
    if (entry === undefined || checked === undefined) return entry;
    const list = words.length === 1 ? /^"?\$\{(\w+)\[[@*]\]\}"?$/.exec(words[0]!)?.[1] : undefined;
    if (list !== undefined && !/\b(?:break|continue)\b/.test(this.script.slice(start, end)))
      return narrowed(entry, list, charsIn(checked, name));
    const known = charsIn(checked, `!${name}`);
    const named = words.length > 0 && words.every((word) => /^[A-Za-z_]\w*$/.test(word));
    if (known === anyChars || !named || /\b(?:break|continue)\b/.test(this.script.slice(start, end))) return entry;
    return words.reduce<Reached>((facts, word) => narrowed(facts, word, known), entry);
  }

  private choice({ subject, arms }: Node & { type: "case" }, from: Reached, context: Context): Outcome {
    const name = variableOf(subject);
    const falls = arms.some((arm) => arm.falls);
    let rest = from;
    let reached: Outcome = { yes: undefined, no: undefined };
    for (const { patterns, body } of arms) {
      const globs = patterns.map(patternOf);
      const left = (of: (glob: string) => Charset) => globs.map((glob) => (glob === undefined ? anyChars : of(glob)));
      const matched = left(charsOfGlob).reduce((a, b) => a | b);
      const known = name === undefined || falls ? rest : narrowed(rest, name, matched);
      reached = both(reached, this.list(body, known, context));
      if (falls) continue;
      if (patterns.includes("*")) rest = undefined;
      else if (name !== undefined) for (const chars of left(charsOutsideGlob)) rest = narrowed(rest, name, chars);
    }
    return both(reached, { yes: rest, no: undefined });
  }

  private simple(words: readonly string[], input: string | undefined, from: Reached, context: Context): Outcome {
    const [name = "", ...given] = words;
    if (from === undefined) return { yes: undefined, no: undefined };
    const called = this.functions.get(name);
    if (called !== undefined) return this.call(name, called, given, from, context);
    if (/^(?:exit|die|fail|break|continue)$/.test(name)) return { yes: undefined, no: undefined };
    if (name === "return") {
      if (context.onReturn === undefined) return { yes: undefined, no: context.fails_at_once ? undefined : from };
      context.onReturn(given[0], from);
      return { yes: undefined, no: undefined };
    }
    if (name === "true" || name === ":") return { yes: from, no: undefined };
    if (name === "false") return { yes: undefined, no: from };
    if (name === "[" || name === "test") {
      const text = name === "[" ? given.slice(0, -1) : given;
      return outcomeOfCondition(text.join(" "), from, this.literal);
    }
    const read: Given = { variable: input === undefined ? undefined : variableOf(input), exact: false };
    const answer = outcomeOfGrep(words, read, from, this.literal) ?? outcomeOfExpr(words, from);
    if (answer !== undefined) return answer;
    const facts = changed(words, from);
    return { yes: facts, no: facts };
  }

  /** What a function has checked of its arguments is known of what was given. */
  private call(name: string, body: Node, given: readonly string[], from: Facts, context: Context): Outcome {
    if (context.within.includes(name)) return { yes: from, no: from };
    this.called.add(name);
    let returned: Outcome = { yes: undefined, no: undefined };
    const entry = withArguments(from, given);
    const ended = this.command(body, entry, {
      fails_at_once: context.fails_at_once,
      within: [...context.within, name],
      onReturn: (status, facts) => {
        returned = {
          yes: /^[1-9]/.test(status ?? "") ? returned.yes : either(returned.yes, facts),
          no: status === "0" ? returned.no : either(returned.no, facts),
        };
      },
    });
    const { yes, no } = both(returned, ended);
    return { yes: ofCaller(yes, from, given), no: ofCaller(no, from, given) };
  }

  /** What a loop does not change is known in it and behind it. */
  private keptIn(node: Node, from: Reached): Reached {
    if (from === undefined) return undefined;
    const code = this.script.slice(node.start, node.end);
    const names = [...code.matchAll(/\b([A-Za-z_]\w*)(?:\[[^\]]*\])?\+?=/g)].map(([, name]) => name!);
    names.push(...[...code.matchAll(/\bfor\s+([A-Za-z_]\w*)/g)].map(([, name]) => name!));
    const readers = [...code.matchAll(/\b(?:read|mapfile|readarray|getopts|printf\s+-v|unset|shift)\b[^\n;|]*/g)];
    for (const [line] of readers) names.push(...(line.match(/[A-Za-z_]\w*/g) ?? []));
    return [...names, ...positions].reduce(forgotten, from);
  }

  private note({ start, end }: Omit<Place, "facts">, facts: Reached): void {
    const place = this.places.get(start);
    if (place === undefined) this.places.set(start, { start, end, facts: facts ?? nothingKnown });
    else place.facts = either(place.facts, facts) ?? nothingKnown;
  }

  /** Of what is never called nothing is known. */
  private forget(body: Node): void {
    this.command(body, nothingKnown, { fails_at_once: false, within: [...this.functions.keys()], onReturn: () => {} });
  }
}

const positions = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

function both(a: Outcome, b: Outcome): Outcome {
  return { yes: either(a.yes, b.yes), no: either(a.no, b.no) };
}

/** With what a command puts into variables. */
function changed(words: readonly string[], facts: Facts): Facts {
  const [name = "", ...rest] = words;
  const sets = /^(?:export|local|readonly|declare|typeset)$/.test(name);
  const assigned = sets ? rest.filter((word) => !word.startsWith("-")) : words;
  if (sets || words.every((word) => assignment.test(word))) return assigned.reduce(withAssigned, facts);
  if (name === "printf" && rest[0] === "-v") return forgotten(facts, rest[1] ?? "");
  if (name === "shift" || (name === "set" && rest.includes("--"))) return positions.reduce(forgotten, facts);
  if (!/^(?:read|mapfile|readarray|getopts|unset|let)$/.test(name)) return facts;
  return rest.map((word) => /^[A-Za-z_]\w*/.exec(word)?.[0] ?? "").reduce(forgotten, facts);
}

const assignment = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+)?=/;

function withAssigned(facts: Facts, word: string): Facts {
  const [whole = "", name = word, index, adds] = assignment.exec(word) ?? [];
  const whole_value = index === undefined && adds === undefined;
  if (whole_value && literalOf(word.slice(whole.length)) !== undefined)
    return narrowed(forgotten(facts, name), name, noChars)!;
  const source = whole_value ? variableOf(word.slice(whole.length)) : undefined;
  return source === undefined || source.startsWith("!") ? forgotten(facts, name) : copied(facts, source, name);
}

/** The variable that an argument hands over: by its value, or by its name for `${!1}`. */
function withArguments(from: Facts, given: readonly string[]): Facts {
  let facts = positions.reduce(forgotten, from);
  for (const [index, word] of given.slice(0, 9).entries()) {
    const variable = variableOf(word);
    if (variable !== undefined && !/^[!\d]/.test(variable)) facts = copied(facts, variable, `${index + 1}`);
    facts = forgotten(facts, `!${index + 1}`);
  }
  return facts;
}

function ofCaller(facts: Reached, from: Facts, given: readonly string[]): Reached {
  if (facts === undefined) return undefined;
  let result: Reached = facts;
  for (const [index, word] of given.slice(0, 9).entries()) {
    const named = literalOf(word);
    if (named !== undefined && /^[A-Za-z_]\w*$/.test(named))
      result = narrowed(result, named, charsIn(facts, `!${index + 1}`));
  }
  // Its own arguments are the caller's again.
  let restored = positions.reduce(forgotten, result!);
  for (const position of positions) {
    const known = charsIn(from, position);
    if (known !== anyChars) restored = narrowed(restored, position, known)!;
  }
  return restored;
}
