import type { Edit, Fix } from "@infraskill/contracts/diagnostic";

/** A fix, unless one of its edits cannot be made. */
export function fixBy(title: string, ...edits: readonly (Edit | undefined)[]): Fix | null {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length === edits.length ? { title, edits: made } : null;
}
