import { Concurrency } from "@infraskill/contracts/skill";

// How many executions of a skill may run at once, as the builder's form shows and changes it.

type Limit = Concurrency | null | undefined;

const { limit: limits, group: groups } = Concurrency.shape;

/** `${{ inputs.x }}` alone: what the form itself writes. Longer expressions are left to the server, which reads them all. */
const reference = /\$\{\{\s*inputs\.([A-Za-z_][\w-]*)\s*\}\}/g;
const separator = "/";

/** The limit for what was typed: none for an empty text. */
export function withLimit(before: Limit, typed: string): Concurrency | null {
  return typed.trim() === "" ? null : { ...before, limit: Number(typed) };
}

export function limitFault(typed: string): string | undefined {
  const text = typed.trim();
  return text === "" || (/^\d+$/.test(text) && limits.safeParse(Number(text)).success)
    ? undefined
    : `A whole number from ${limits.minValue} to ${limits.maxValue}, or nothing for no limit.`;
}

/** An empty group is none: the limit counts the whole skill. */
export function withGroup({ limit }: Concurrency, group: string): Concurrency {
  return group.trim() === "" ? { limit } : { limit, group };
}

/** The inputs whose values make the group, each once. */
export function inputsOf(group: string): string[] {
  return [...new Set([...group.matchAll(reference)].map(([, name = ""]) => name))];
}

/** Takes an input into the group behind the others, or out of it with the `/` that set it apart. */
export function toggleInput(group: string, name: string): string {
  if (!inputsOf(group).includes(name)) return `${group}${group === "" ? "" : separator}\${{ inputs.${name} }}`;
  const parts = group.split(separator).filter((part) => part.replace(reference, "$1") !== name);
  return parts.join(separator).replaceAll(reference, (whole, other: string) => (other === name ? "" : whole));
}

/** The limit after an input got another name. */
export function renameInLimit(limit: Limit, from: string, to: string): Limit {
  if (limit?.group === undefined) return limit;
  const renamed = (whole: string, name: string) =>
    name === from ? whole.replace(`inputs.${from}`, `inputs.${to}`) : whole;
  return { ...limit, group: limit.group.replaceAll(reference, renamed) };
}

/** What is wrong with a group, as far as it can be told here. */
export function groupFault(group: string, inputs: readonly string[]): string | undefined {
  const { maxLength } = groups.unwrap();
  if (maxLength !== null && group.length > maxLength) return `At most ${maxLength} characters.`;
  const known = new Set(inputs.map((name) => name.toLowerCase()));
  const unknown = inputsOf(group).find((name) => !known.has(name.toLowerCase()));
  if (unknown !== undefined) return `There is no input ${unknown}.`;
  const open = group.lastIndexOf("${{");
  return open >= 0 && !group.includes("}}", open) ? "A ${{ is not closed with }}." : undefined;
}
