import type { Control, Scope } from "./caller-control.ts";
import { mayHoldValues } from "./event-file.ts";
import { programAt } from "./shell-command-word.ts";
import { shellCommands } from "./shell-commands.ts";
import { beginningOf, valuesIn } from "./shell-values.ts";
import { controlOfShell } from "./shell-variables.ts";

/** A word of a script by which a caller chooses the program that runs. Offsets are in the script. */
export type ChosenProgram = { readonly control: Control; readonly start: number; readonly end: number };

/** `$X arguments`, `"$X/bin/tool"`, `sudo "$X"`: commands whose first word is a caller's text, or begins with it. Numbers and booleans name no program. */
export function chosenPrograms(script: string, scope: Scope): ChosenProgram[] {
  if (!mayHoldValues(script, scope) || !mayChoose.test(script)) return [];
  const commands = shellCommands(script);
  const valuesAt = valuesIn(script, commands, scope, "at the beginning");
  const found: ChosenProgram[] = [];
  for (const { words, start: at } of commands) {
    const { text, start, end } = words[programAt(words)] ?? { text: "", start: 0, end: 0 };
    const part = beginningOf(text);
    const control = part === "" ? undefined : controlOfShell(part, valuesAt(at), scope);
    if (control?.level === "high") found.push({ control, start, end });
  }
  return found;
}

/** Where a command begins with a variable, or there is a program that runs another. */
const mayChoose =
  /(?:^|[\n;&|(){!`]|=[\w./-]*[ \t]|\b(?:then|do|else|if|elif|while|until))[ \t]*"?\$[A-Za-z_{]|\b(?:sudo|doas|env|exec|command|time|nohup|setsid|builtin|coproc|unbuffer|timeout|nice|ionice|stdbuf|chroot|gosu|su-exec|flock|xargs)[ \t]/;
