import { charsInside } from "../chars/pattern-chars.ts";
import { linesOf, type ScriptLine } from "../shell/lines.ts";
import { strongest, type Control, type Scope } from "./control.ts";
import { controlOfLoading, controlOfPart, wholeEvent } from "./event-file.ts";
import { codeChars, isHarmless } from "./special-characters.ts";

/** How a language reads an environment variable, and gives a value a name. */
export type Language = {
  readonly reference: RegExp;
  readonly assignment: RegExp;
  readonly comment: string;
  /** How it reads an input of the run without a variable of the environment. */
  readonly input?: RegExp;
  /** How an action reads what stands in its `with`. */
  readonly setting?: RegExp;
  /** A variable for what a block opens: `name`, `value`. */
  readonly opened?: RegExp;
  /** Several values taken out of one: `names`, `from`. */
  readonly taken?: RegExp;
  /** Whether a line goes on until its brackets are closed. */
  readonly joins?: true;
  /** Calls that leave only a number of a text. */
  readonly toNumber: RegExp;
  /** A check of the variable `name` against the whole of `pattern` that ends the run otherwise, from the start of a line. */
  readonly check?: RegExp;
};

export const javaScript: Language = {
  reference: /process\.env(?:\.(\w+)|\[['"](\w+)['"]\])/g,
  assignment: /\b(?:const|let|var)\s+(\w+)\s*=(.*)$/,
  input: /\bpayload\??\.inputs(?:\??\.(\w+)|\[['"]([\w-]+)['"]\])?/g,
  setting: /\bcore\.get(?:Multiline)?Input\(\s*['"]([^'"]+)['"]/g,
  taken:
    /\b(?:const|let|var)\s*\{(?<names>[^{}]*)\}\s*=\s*(?<from>process\.env|context\.payload(?:\.inputs)?)(?![.\w])/,
  comment: "//",
  toNumber: /\b(?:Number|parseInt|parseFloat)\([^()]*(?:\([^()]*\)[^()]*)*\)/g,
  check:
    /^\s*if\s*\(\s*!\s*\/\^(?<pattern>.+?)\$\/\.test\(\s*(?<name>\w+)\s*\)\s*\)\s*\{?\s*(?:[^\n]*\n\s*)?(?:throw|return|process\.exit)\b/,
};

export const python: Language = {
  reference: /\b(?:environ(?:\.get)?|getenv)\s*[[(]\s*['"](\w+)['"]/g,
  assignment: /^\s*(\w+)\s*=(?!=)(.*)$/,
  opened: /^\s*with\s+(?<value>.*)\s+as\s+(?<name>\w+)\s*:/,
  joins: true,
  comment: "#",
  toNumber: /\b(?:int|float|len)\([^()]*(?:\([^()]*\)[^()]*)*\)/g,
  check:
    /^\s*if\s+not\s+re\.fullmatch\(\s*r?(?<quote>["'])(?<pattern>.+?)\k<quote>\s*,\s*(?<name>\w+)\s*\)\s*:\s*(?:[^\n]*\n\s+)?(?:raise|sys\.exit|exit)\b/,
};

export const perl: Language = {
  reference: /\$ENV\{\s*['"]?(\w+)['"]?\s*\}/g,
  assignment: /\$(\w+)\s*=(?![=~])(.*)$/,
  comment: "#",
  toNumber: /\bint\([^()]*\)/g,
};

export const ruby: Language = {
  reference: /\bENV(?:\.fetch\(|\[)\s*['"](\w+)['"]/g,
  assignment: /^\s*(\w+)\s*=(?![=~])(.*)$/,
  comment: "#",
  toNumber: /\b(?:Integer|Float)\([^()]*(?:\([^()]*\)[^()]*)*\)|(?<=[\])\w])\.to_[if]\b/g,
};

/** A line of a program, and which caller's value a piece of it carries. */
export type ProgramLine = {
  readonly text: string;
  readonly controlIn: (code: string) => Control | undefined;
  /** Where it stands in the script, without the space around it. */
  readonly start: number;
  readonly end: number;
};

/** Characters up to the end of a check that is still read. */
const longestCheck = 1_000;

/** Reads a program line by line, as a reviewer does; values are followed through variables that a line sets. */
export function* programLines(
  script: string,
  { env, inputs }: Scope,
  { reference, input, setting, opened, taken, assignment, joins, toNumber, check }: Language,
): Generator<ProgramLine> {
  const variables = new Map<string, Control>();
  // What a check of an inner block has taken away comes back behind it.
  let checked: { readonly indent: number; readonly name: string; readonly control: Control }[] = [];
  const controlIn = (text: string) => {
    const code = text.replaceAll(toNumber, "");
    const control = strongest([
      controlOfLoading(code, inputs),
      ...namesIn(code, reference).map((name) => env.get(name.toUpperCase())),
      ...namesIn(code, setting).map((name) => env.get(`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`)),
      ...namesIn(code, input).map((name) => (name === "" ? wholeEvent : controlOfInput(name, inputs))),
      ...[...variables].map(([name, control]) => {
        if (!new RegExp(`\\b${name}\\b`).test(code)) return undefined;
        return control === wholeEvent ? controlOfPart(code, inputs) : control;
      }),
    ]);
    return control === undefined || isHarmless(control, codeChars) ? undefined : control;
  };
  for (const { text, start } of statementsOf(script, joins === true)) {
    const indent = text.length - text.trimStart().length;
    if (text.trim() !== "") {
      for (const { name, control } of checked.filter((found) => indent < found.indent)) variables.set(name, control);
      checked = checked.filter((found) => indent >= found.indent);
    }
    yield { text, controlIn, start: start + indent, end: start + text.trimEnd().length };
    const { name: subject = "", pattern } =
      (/^\s*if\b/.test(text) ? check?.exec(script.slice(start, start + longestCheck))?.groups : undefined) ?? {};
    const known = variables.get(subject);
    if (known !== undefined && pattern !== undefined && (charsInside(pattern, "extended") & codeChars) === 0n) {
      variables.delete(subject);
      checked.push({ indent, name: subject, control: known });
    }
    const assigned = assignment.exec(text);
    const control = assigned === null ? undefined : controlIn(assigned[2]!);
    if (assigned !== null && control !== undefined) {
      variables.set(assigned[1]!, control);
      checked = checked.filter(({ name }) => name !== assigned[1]);
    }
    const { name: handle, value: source = "" } = opened?.exec(text)?.groups ?? {};
    const held = controlIn(source);
    if (handle !== undefined && held !== undefined) variables.set(handle, held);
    const { names = "", from = "" } = taken?.exec(text)?.groups ?? {};
    for (const [, name = "", alias = name] of names.matchAll(/(\w+)(?:\s*:\s*(\w+))?/g)) {
      const value = controlIn(`${from}.${name}`);
      if (value !== undefined) variables.set(alias, value);
    }
  }
}

/** What the first group of `pattern` that took part holds, for each match. */
function namesIn(code: string, pattern: RegExp | undefined): string[] {
  return pattern === undefined ? [] : [...code.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? "");
}

function controlOfInput(name: string, inputs: Scope["inputs"]): Control | undefined {
  const level = inputs.get(name.toLowerCase());
  return level === undefined ? undefined : { level, through: `inputs.${name.toLowerCase()}` };
}

/** Lines at most that one with open brackets goes on for. */
const longestLine = 20;

/** With `joined`, those whose brackets are open together with the lines that close them, line breaks as spaces. */
function* statementsOf(script: string, joined: boolean): Iterable<ScriptLine> {
  const lines = linesOf(script);
  for (let i = 0; i < lines.length;) {
    const { text, start } = lines[i]!;
    let count = 1;
    if (joined) {
      let open = openBrackets(text);
      while (open > 0 && count < longestLine && i + count < lines.length)
        open += openBrackets(lines[i + count++]!.text);
      if (open !== 0) count = 1;
    }
    const whole = lines.slice(i, i + count).map((line) => line.text);
    yield { text: whole.join(" "), start };
    i += count;
  }
}

function openBrackets(line: string): number {
  const code = line.replaceAll(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, "").replace(/#.*$/, "");
  return (code.match(/[([{]/g)?.length ?? 0) - (code.match(/[)\]}]/g)?.length ?? 0);
}
