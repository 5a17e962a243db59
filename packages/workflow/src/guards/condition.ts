import { anyChars, noChars, type Charset } from "../chars/charset.ts";
import { charsMatched, charsOfGlob, charsOutsideGlob, charsUnmatched, type Dialect } from "../chars/pattern-chars.ts";
import { endOfParentheses, endOfQuoted } from "../shell/spans.ts";
import { patternOf, variableOf } from "../shell/text.ts";
import { either, narrowed, type Reached } from "./facts.ts";

/** What is known after a command that succeeded, and after one that failed. */
export type Outcome = { readonly yes: Reached; readonly no: Reached };

/** Texts that stand in the script, by the variable that holds them. */
export type Literals = (name: string) => string | undefined;

/** The inside of `[[ … ]]` or `[ … ]`: `$A =~ ^…$ && ( $B == web || $B == api )`. */
export function outcomeOfCondition(text: string, facts: Reached, literals: Literals): Outcome {
  const words = wordsOf(text);
  let at = 0;
  const chain = (operator: "||" | "&&", next: (from: Reached) => Outcome, from: Reached): Outcome => {
    let { yes, no } = next(from);
    while (words[at] === operator) {
      at++;
      const right = next(operator === "&&" ? yes : no);
      if (operator === "&&") [yes, no] = [right.yes, either(no, right.no)];
      else [yes, no] = [either(yes, right.yes), right.no];
    }
    return { yes, no };
  };
  const any = (from: Reached): Outcome => chain("||", all, from);
  const all = (from: Reached): Outcome => chain("&&", one, from);
  const one = (from: Reached): Outcome => {
    if (words[at] === "!") {
      at++;
      const { yes, no } = one(from);
      return { yes: no, no: yes };
    }
    if (words[at] === "(") {
      at++;
      const inner = any(from);
      at++;
      return inner;
    }
    const begin = at;
    while (at < words.length && !/^(?:&&|\|\||\))$/.test(words[at]!)) at++;
    return comparison(words.slice(begin, at), from, literals);
  };
  const outcome = any(facts);
  return at === words.length ? outcome : { yes: facts, no: facts };
}

function comparison(words: readonly string[], facts: Reached, literals: Literals): Outcome {
  const nothing = { yes: facts, no: facts };
  if (words.length === 1 || (words.length === 2 && /^-[nz]$/.test(words[0]!))) {
    const subject = variableOf(words.at(-1)!);
    const empty = subject === undefined ? facts : narrowed(facts, subject, noChars);
    return words[0] === "-z" ? { yes: empty, no: facts } : { yes: facts, no: empty };
  }
  const name = words.length === 3 ? variableOf(words[0]!) : undefined;
  if (name === undefined) return nothing;
  const [, operator, right] = words as [string, string, string];
  const { matched, unmatched } = operator === "=~" ? byRegularExpression(right, literals) : byGlob(right);
  const yes = narrowed(facts, name, matched);
  const no = narrowed(facts, name, unmatched);
  if (operator === "!=") return { yes: no, no: yes };
  return operator === "=~" || operator === "=" || operator === "==" ? { yes, no } : nothing;
}

type Left = { readonly matched: Charset; readonly unmatched: Charset };
const anything: Left = { matched: anyChars, unmatched: anyChars };

function byRegularExpression(word: string, literals: Literals): Left {
  const variable = variableOf(word);
  const quoted = word.startsWith('"');
  const pattern = variable === undefined || quoted ? patternOf(word) : literals(variable);
  if (pattern === undefined) return anything;
  const dialect: Dialect = variable === undefined ? "extended" : "posix";
  return { matched: charsMatched(pattern, dialect), unmatched: charsUnmatched(pattern, dialect) };
}

function byGlob(word: string): Left {
  const pattern = patternOf(word);
  return pattern === undefined ? anything : { matched: charsOfGlob(pattern), unmatched: charsOutsideGlob(pattern) };
}

/** A pattern goes on to the next space, with the parentheses that it holds. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (let i = 0; i < text.length;) {
    if (/\s/.test(text[i]!)) {
      i++;
      continue;
    }
    const operand = /^(?:=~|==?|!=)$/.test(words.at(-1) ?? "");
    const operator = operand ? undefined : /^(?:&&|\|\||[()]|!(?=\s))/.exec(text.slice(i, i + 2))?.[0];
    if (operator !== undefined) {
      words.push(operator);
      i += operator.length;
      continue;
    }
    const start = i;
    while (i < text.length && !/\s/.test(text[i]!)) {
      const quoted = endOfQuoted(text, i, text.length);
      if (quoted !== undefined) i = quoted;
      else if (text[i] === "(") i = endOfParentheses(text, i, text.length);
      else if (!operand && text[i] === ")") break;
      else i++;
    }
    words.push(text.slice(start, i));
  }
  return words;
}
