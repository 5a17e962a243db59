import { strongest, type Control, type Scope } from "./caller-control.ts";
import { isNarrow } from "./narrow-pattern.ts";

/** How a language reads an environment variable, and gives a value a name. */
export type Language = {
  readonly reference: RegExp;
  readonly assignment: RegExp;
  readonly comment: string;
  /** Calls that leave only a number of a text. */
  readonly toNumber: RegExp;
  /** A check of the variable `name` against the whole of `pattern` that ends the run otherwise, from the start of a line. */
  readonly check?: RegExp;
};

export const javaScript: Language = {
  reference: /process\.env(?:\.(\w+)|\[['"](\w+)['"]\])/g,
  assignment: /\b(?:const|let|var)\s+(\w+)\s*=(.*)$/,
  comment: "//",
  toNumber: /\b(?:Number|parseInt|parseFloat)\([^()]*(?:\([^()]*\)[^()]*)*\)/g,
  check:
    /^\s*if\s*\(\s*!\s*\/\^(?<pattern>.+?)\$\/\.test\(\s*(?<name>\w+)\s*\)\s*\)\s*\{?\s*(?:[^\n]*\n\s*)?(?:throw|return|process\.exit)\b/,
};

export const python: Language = {
  reference: /os\.(?:environ(?:\.get)?|getenv)\s*[[(]\s*['"](\w+)['"]/g,
  assignment: /^\s*(\w+)\s*=(?!=)(.*)$/,
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
  { env }: Scope,
  { reference, assignment, toNumber, check }: Language,
): Generator<ProgramLine> {
  const variables = new Map<string, Control>();
  const controlIn = (text: string) => {
    const code = text.replaceAll(toNumber, "");
    return strongest([
      ...[...code.matchAll(reference)].map((match) => env.get((match[1] ?? match[2])!.toUpperCase())),
      ...[...variables].map(([name, control]) => (new RegExp(`\\b${name}\\b`).test(code) ? control : undefined)),
    ]);
  };
  let start = 0;
  for (const text of script.split("\n")) {
    const indent = text.length - text.trimStart().length;
    yield { text, controlIn, start: start + indent, end: start + text.trimEnd().length };
    const checked = /^\s*if\b/.test(text) ? check?.exec(script.slice(start, start + longestCheck))?.groups : undefined;
    if (checked !== undefined && isNarrow(checked["pattern"]!)) variables.delete(checked["name"]!);
    const assigned = assignment.exec(text);
    const control = assigned === null ? undefined : controlIn(assigned[2]!);
    if (assigned !== null && control !== undefined) variables.set(assigned[1]!, control);
    start += text.length + 1;
  }
}
