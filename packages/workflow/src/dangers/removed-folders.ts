import { charsOf } from "../chars/charset.ts";
import { callOf } from "../shell/command-word.ts";
import { shellCommands } from "../shell/commands.ts";
import type { Control, Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { uncheckedValues } from "../values/unchecked-values.ts";

/** A folder that a script deletes with all in it, by a name of the caller's. Offsets are in the script. */
type RemovedFolder = { readonly control: Control; readonly start: number; readonly end: number };

/** `rm -rf "$base/$X"`: a name with slashes and `..` in it leads anywhere. */
export function removedFolders(script: string, scope: Scope): RemovedFolder[] {
  if (!mayHoldValues(script, scope) || !/\brm\s+-/.test(script)) return [];
  const values = uncheckedValues(script, scope);
  const found: RemovedFolder[] = [];
  for (const command of shellCommands(script)) {
    const { program, rest } = callOf(command.words);
    if (program !== "rm") continue;
    if (!rest.some(({ text }) => /^-\w*[rR]|^--recursive$/.test(text))) continue;
    for (const { text, start, end } of rest) {
      const control = text.startsWith("-") ? undefined : values.anywhere(command, text, charsOf("/"));
      if (control !== undefined) found.push({ control, start, end });
    }
  }
  return found;
}
