import type { ControlLevel, Scope } from "./control.ts";

/** Variables that hold inputs of the same name, for tests. */
export function scopeWith(variables: Readonly<Record<string, ControlLevel>>): Scope {
  const env = new Map(
    Object.entries(variables).map(([name, level]) => [name, { level, through: `inputs.${name.toLowerCase()}` }]),
  );
  return { inputs: new Map(), env, matrix: undefined, outputs: new Map() };
}
