type Subject = { branch?: string; tag?: string; action?: string };

const default_actions = ["opened", "synchronize", "reopened"];

/** Whether `on.<event>` of a workflow lets this branch, tag or action through. `paths` filters are not looked at. */
export function filterMatches(filter: unknown, subject: Subject): boolean {
  const fields =
    typeof filter === "object" && filter !== null && !Array.isArray(filter) ? (filter as Record<string, unknown>) : {};
  if (subject.action !== undefined && !(list(fields["types"]) ?? default_actions).includes(subject.action))
    return false;
  const only = list(fields["branches"]);
  const tags = list(fields["tags"]);
  if (subject.tag !== undefined) {
    if (tags === undefined) return only === undefined && list(fields["branches-ignore"]) === undefined;
    return matchesPatterns(tags, subject.tag);
  }
  if (subject.branch === undefined) return true;
  const ignored = list(fields["branches-ignore"]);
  if (ignored !== undefined) return !matchesPatterns(ignored, subject.branch);
  if (only === undefined) return tags === undefined;
  return matchesPatterns(only, subject.branch);
}

/** Patterns are read in order; a later `!pattern` takes back what an earlier one let through. */
function matchesPatterns(patterns: readonly string[], name: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith("!");
    if (globToRegExp(negative ? pattern.slice(1) : pattern).test(name)) matched = !negative;
  }
  return matched;
}

function globToRegExp(glob: string): RegExp {
  const source = glob.replaceAll(/\*\*|\*|[.()|^$\\{}]/g, (found) => {
    if (found === "**") return ".*";
    return found === "*" ? "[^/]*" : `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}

function list(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  return (Array.isArray(value) ? value : [value]).map(String);
}
