import type { Diagnostic, Edit } from "@infraskill/contracts/diagnostic";
import { checkText, type CheckOptions } from "./check.ts";
import { applyEdits, editsTouch } from "./edit/splice.ts";

/** More rounds than any file needs: each applies at least one fix. */
const maxRounds = 200;

/**
 * Applies every fix there is, and those that become possible by it, until none is left. `applied` names them in the order in which they were made.
 * What no fix touches keeps its bytes.
 */
export function applyAllFixes(
  text: string,
  options: Omit<CheckOptions, "actionlint"> = {},
): { text: string; applied: { rule: string; title: string }[] } {
  const applied: { rule: string; title: string }[] = [];
  const seen = new Set([text]);
  for (let round = 0; round < maxRounds; round++) {
    const chosen = chooseFixes(checkText(text, options).diagnostics);
    if (chosen.length === 0) break;
    const next = applyEdits(
      text,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    // A fix that leads back to a text of before would go on for ever.
    if (seen.has(next)) break;
    seen.add(next);
    text = next;
    applied.push(...chosen.map(({ rule, fix }) => ({ rule, title: fix.title })));
  }
  return { text, applied };
}

type Fixable = Diagnostic & { fix: NonNullable<Diagnostic["fix"]> };

/** The fixes that can be made at once: the first come, those that touch the same place wait for the next round. */
function chooseFixes(diagnostics: readonly Diagnostic[]): Fixable[] {
  const taken: Edit[] = [];
  return diagnostics.filter((found): found is Fixable => {
    if (found.fix === null || found.fix.edits.some((edit) => taken.some((other) => editsTouch(edit, other))))
      return false;
    taken.push(...found.fix.edits);
    return true;
  });
}
