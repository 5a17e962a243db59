import { charsOf, except } from "../chars/charset.ts";
import { callOf, wrappers } from "../shell/command-word.ts";
import { shellCommands } from "../shell/commands.ts";
import { anyNameOf } from "../shell/program-names.ts";
import type { Control, Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { beginningOf, valuesIn } from "../values/in-shell.ts";
import { controlOfShell } from "../values/shell-variables.ts";
import { codeChars } from "../values/special-characters.ts";
import { fetchedBy, fetchers } from "./fetched-code.ts";

/** A word of a script by which a caller chooses what runs. Offsets are in the script. */
type ChosenProgram = {
  readonly control: Control;
  readonly what: "program" | "package" | "image";
  readonly start: number;
  readonly end: number;
};

/**
 * `$X arguments`, `"$X/bin/tool"`, `sudo "$X"`: commands whose first word is a caller's text, or begins with it; and `npx "$X"`, `pip install "$X"`,
 * `docker run "$X"`. Numbers and booleans name nothing.
 */
export function chosenPrograms(script: string, scope: Scope): ChosenProgram[] {
  if (!mayHoldValues(script, scope) || !mayChoose.test(script)) return [];
  const commands = shellCommands(script);
  const valuesAt = valuesIn(script, scope, "at the beginning");
  const found: ChosenProgram[] = [];
  for (const command of commands) {
    const { word: program } = callOf(command.words);
    const named = program === undefined ? [] : [{ word: program, what: "program" } as const, ...fetchedBy(command)];
    for (const { word, what } of named) {
      const part = beginningOf(word.text);
      const control = part === "" ? undefined : controlOfShell(part, valuesAt(command.start), scope, special);
      if (control?.level === "high") found.push({ control, what, start: word.start, end: word.end });
    }
  }
  return found;
}

/** What a checked name may hold: `=` makes it an assignment in front of a program. */
const special = codeChars & except(charsOf("="));

const beginsWithVariable =
  /(?:^|[\n;&|(){!`]|=[\w./-]*[ \t]|\b(?:then|do|else|if|elif|while|until))[ \t]*"?\$[A-Za-z_{@*1-9]/;

/** Without that, and without a program that runs another, a script need not be read. */
const mayChoose = new RegExp(`${beginsWithVariable.source}|\\b${anyNameOf([...wrappers, ...fetchers])}[ \\t]`);
