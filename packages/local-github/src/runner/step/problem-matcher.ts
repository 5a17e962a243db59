/** A pattern of a matcher file: a regular expression and which of its groups is what. */
type Pattern = {
  readonly regexp: RegExp;
  readonly groups: Readonly<Partial<Record<Field, number>>>;
  readonly loop: boolean;
};

type Matcher = { readonly owner: string; readonly severity: string; readonly patterns: readonly Pattern[] };

const fields = ["file", "line", "column", "severity", "code", "message"] as const;
type Field = (typeof fields)[number];

export type Problem = {
  readonly level: "failure" | "warning" | "notice";
  readonly message: string;
  readonly place: Record<string, string>;
};

/**
 * Reads the text of a problem matcher file (`::add-matcher::file.json`).
 * @throws Error where it is none
 */
export function readMatchers(text: string): Matcher[] {
  const file = JSON.parse(text) as {
    problemMatcher?: { owner?: string; severity?: string; pattern?: Record<string, unknown>[] }[];
  };
  if (!Array.isArray(file.problemMatcher)) throw new Error("A problem matcher file has a list 'problemMatcher'");
  return file.problemMatcher.map(({ owner, severity, pattern }) => {
    if (owner === undefined || !Array.isArray(pattern) || pattern.length === 0)
      throw new Error("A problem matcher has an 'owner' and a 'pattern'");
    return { owner, severity: severity ?? "error", patterns: pattern.map(readPattern) };
  });
}

/** The problem matchers of a job; every line of output goes through them until one makes a problem of it. */
export class ProblemMatchers {
  #matchers: { readonly matcher: Matcher; found: Partial<Record<Field, string>>; at: number }[] = [];

  add(matchers: readonly Matcher[]): void {
    for (const matcher of matchers) {
      this.remove(matcher.owner);
      this.#matchers.unshift({ matcher, found: {}, at: 0 });
    }
  }

  remove(owner: string): void {
    this.#matchers = this.#matchers.filter((entry) => entry.matcher.owner !== owner);
  }

  /** The problem a line completes, if it does. */
  match(line: string): Problem | undefined {
    if (this.#matchers.length === 0) return undefined;
    // oxlint-disable-next-line no-control-regex -- colours are control characters
    const plain = line.replaceAll(/\u001B\[[0-9;]*m/g, "");
    for (const entry of this.#matchers) {
      const problem = advance(entry, plain);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
}

function advance(
  entry: { readonly matcher: Matcher; found: Partial<Record<Field, string>>; at: number },
  line: string,
): Problem | undefined {
  const { matcher } = entry;
  const last = matcher.patterns.length - 1;
  const pattern = matcher.patterns[entry.at];
  const match = pattern?.regexp.exec(line);
  if (pattern === undefined || match === null || match === undefined) {
    const had_begun = entry.at > 0;
    Object.assign(entry, { at: 0, found: {} });
    // The line that ends one problem may begin the next.
    return had_begun ? advance(entry, line) : undefined;
  }
  const values = Object.entries(pattern.groups).flatMap(([field, group]) =>
    match[group] === undefined ? [] : [[field, match[group]]],
  );
  const found = { ...entry.found, ...(Object.fromEntries(values) as Partial<Record<Field, string>>) };
  if (entry.at < last) {
    Object.assign(entry, { at: entry.at + 1, found });
    return undefined;
  }
  // A looping last pattern keeps what the lines before it said.
  if (!pattern.loop) Object.assign(entry, { at: 0, found: {} });
  return problemOf(found, matcher.severity);
}

function problemOf(found: Partial<Record<Field, string>>, otherwise: string): Problem {
  const severity = (found.severity ?? otherwise).toLowerCase();
  const level = severity.startsWith("warn")
    ? "warning"
    : severity === "notice" || severity === "info"
      ? "notice"
      : "failure";
  const place = { file: found.file, line: found.line, col: found.column, title: found.code };
  return {
    level,
    message: found.message ?? "",
    place: Object.fromEntries(
      Object.entries(place).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== ""),
    ),
  };
}

function readPattern(pattern: Record<string, unknown>): Pattern {
  const regexp = pattern["regexp"];
  if (typeof regexp !== "string") throw new Error("A pattern of a problem matcher has a 'regexp'");
  const groups = fields.flatMap((field) => (typeof pattern[field] === "number" ? [[field, pattern[field]]] : []));
  return {
    regexp: new RegExp(regexp),
    groups: Object.fromEntries(groups) as Pattern["groups"],
    loop: pattern["loop"] === true,
  };
}
