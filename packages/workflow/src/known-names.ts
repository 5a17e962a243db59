/** Variables that hold only what the script expects, at one place; undefined where the script never comes. */
export type Known = ReadonlySet<string> | undefined;

/** What is known where two ways meet. */
export function either(a: Known, b: Known): Known {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  return new Set([...a].filter((name) => b.has(name)));
}

export function withNames(known: ReadonlySet<string>, names: readonly string[]): ReadonlySet<string> {
  return names.length === 0 ? known : new Set([...known, ...names]);
}

/** @param changed names, by whether they are known from here on */
export function withChanges(known: ReadonlySet<string>, changed: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  const after = new Set(known);
  for (const [name, is_known] of changed) {
    if (is_known) after.add(name);
    else after.delete(name);
  }
  return after;
}
