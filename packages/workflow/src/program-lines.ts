import { strongest, type Control, type Scope } from "./caller-control.ts";

/** How a language reads an environment variable, and gives a value a name. */
export type Language = { readonly reference: RegExp; readonly assignment: RegExp };

export const javaScript: Language = {
  reference: /process\.env(?:\.(\w+)|\[['"](\w+)['"]\])/g,
  assignment: /\b(?:const|let|var)\s+(\w+)\s*=(.*)$/,
};

export const python: Language = {
  reference: /os\.(?:environ(?:\.get)?|getenv)\s*[[(]\s*['"](\w+)['"]/g,
  assignment: /^\s*(\w+)\s*=(?!=)(.*)$/,
};

export const perl: Language = {
  reference: /\$ENV\{\s*['"]?(\w+)['"]?\s*\}/g,
  assignment: /\$(\w+)\s*=(?![=~])(.*)$/,
};

/** A line of a program, and which caller's value a piece of it carries. */
export type ProgramLine = {
  readonly text: string;
  readonly controlIn: (code: string) => Control | undefined;
  /** Where it stands in the script, without the space around it. */
  readonly start: number;
  readonly end: number;
};

/** Reads a program line by line, as a reviewer does; values are followed through variables that a line sets. */
export function* programLines(
  script: string,
  { env }: Scope,
  { reference, assignment }: Language,
): Generator<ProgramLine> {
  const variables = new Map<string, Control>();
  const controlIn = (code: string) =>
    strongest([
      ...[...code.matchAll(reference)].map((match) => env.get((match[1] ?? match[2])!.toUpperCase())),
      ...[...variables].map(([name, control]) => (new RegExp(`\\b${name}\\b`).test(code) ? control : undefined)),
    ]);
  let start = 0;
  for (const text of script.split("\n")) {
    const indent = text.length - text.trimStart().length;
    yield { text, controlIn, start: start + indent, end: start + text.trimEnd().length };
    const assigned = assignment.exec(text);
    const control = assigned === null ? undefined : controlIn(assigned[2]!);
    if (assigned !== null && control !== undefined) variables.set(assigned[1]!, control);
    start += text.length + 1;
  }
}
