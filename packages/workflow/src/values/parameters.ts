import { strongest, type Control } from "./control.ts";

/** The positional parameters that are followed: the last holds all that come behind it. */
const positions: readonly string[] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** What the positional parameters are given by some words. */
export function parametersOf(words: readonly string[]): { name: string; texts: readonly string[] }[] {
  const last = positions.length - 1;
  return positions.map((name, index) => ({
    name,
    texts: index < last ? words.slice(index, index + 1) : words.slice(index),
  }));
}

/** With the parameters that a function is given, in the order of its arguments. */
export function withParameters(
  given: ReadonlyMap<string, Control>,
  controls: readonly (Control | undefined)[],
  whole: boolean,
): ReadonlyMap<string, Control> {
  const values = new Map(given);
  for (const [index, name] of positions.entries()) set(values, name, controls[index]);
  return joined(values, whole);
}

/** Behind `shift by`. */
export function shifted(given: ReadonlyMap<string, Control>, by: number, whole: boolean): ReadonlyMap<string, Control> {
  return withParameters(
    given,
    positions.map((_, index) => given.get(positions[index + by] ?? "")),
    whole,
  );
}

/** With `$@` and `$*`, which begin with `$1` and hold all. */
export function joined(given: ReadonlyMap<string, Control>, whole: boolean): ReadonlyMap<string, Control> {
  const values = new Map(given);
  const control = whole ? strongest(positions.map((name) => values.get(name))) : values.get("1");
  for (const name of ["@", "*"]) set(values, name, control);
  return values;
}

export function isParameter(name: string): boolean {
  return positions.includes(name);
}

function set(values: Map<string, Control>, name: string, control: Control | undefined): void {
  if (control === undefined) values.delete(name);
  else values.set(name, control);
}
