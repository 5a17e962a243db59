import { compilePattern } from "./pattern-match.ts";

/** Whether a `pattern` can be matched against callers' values, in linear time. Answers what is wrong, or `undefined`. */
export function checkPattern(pattern: string): string | undefined {
  if (pattern.length > 500) return "Must not be longer than 500 characters.";
  try {
    "".search(new RegExp(pattern, "u"));
  } catch (error) {
    return `Is not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
  const compiled = compilePattern(pattern);
  return compiled.ok ? undefined : compiled.detail;
}

const compiledPatterns = new Map<string, (value: string) => boolean>();

/**
 * Whether `value` matches, as JSON Schema means it: anywhere, unless the pattern is anchored. Takes time proportional to the value's length, whatever the
 * pattern. A pattern that `checkPattern` refuses matches nothing.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  let matches = compiledPatterns.get(pattern);
  if (matches === undefined) {
    const compiled = compilePattern(pattern);
    matches = compiled.ok ? compiled.matches : () => false;
    if (compiledPatterns.size >= 1_000) compiledPatterns.clear();
    compiledPatterns.set(pattern, matches);
  }
  return matches(value);
}
