/**
 * Whether a `pattern` can be matched against callers' values without the risk of exponential time. Answers what is wrong, or `undefined`.
 * A group that repeats must not itself contain a repetition or alternatives: `(a+)+` and `(a|a)*` are what makes a matcher backtrack for ever.
 */
export function checkPattern(pattern: string): string | undefined {
  if (pattern.length > 500) return "Must not be longer than 500 characters.";
  try {
    "".search(new RegExp(pattern, "u"));
  } catch (error) {
    return `Is not a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (/\\[1-9]|\\k</.test(pattern)) return "Must not refer back to a group (\\1).";
  if (/\(\?<?[=!]/.test(pattern)) return "Must not look ahead or behind.";
  return hasNestedRepetition(pattern)
    ? "Must not repeat a group that itself repeats or has alternatives, as in (a+)+."
    : undefined;
}

function hasNestedRepetition(pattern: string): boolean {
  const groups: boolean[] = [false];
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i];
    if (char === "\\") i++;
    else if (char === "[") i = endOfClass(pattern, i);
    else if (char === "(") groups.push(false);
    else if (char === ")") {
      const risky = groups.pop() ?? false;
      const repeated = repeats(pattern, i + 1);
      if (risky && repeated) return true;
      if (risky || repeated) groups[groups.length - 1] = true;
    } else if (char === "|" || repeats(pattern, i)) groups[groups.length - 1] = true;
  }
  return false;
}

/** Whether an unbounded or large repetition stands at `i`. `?` and small counts cannot blow up. */
function repeats(pattern: string, i: number): boolean {
  if (pattern[i] === "*" || pattern[i] === "+") return true;
  const counted = /^\{(\d+)(,?)(\d*)\}/.exec(pattern.slice(i, i + 16));
  if (counted === null) return false;
  return counted[2] === "," && (counted[3] === "" || Number(counted[3]) > 8);
}

function endOfClass(pattern: string, start: number): number {
  for (let i = start + 1; i < pattern.length; i++) {
    if (pattern[i] === "\\") i++;
    else if (pattern[i] === "]") return i;
  }
  return pattern.length;
}
