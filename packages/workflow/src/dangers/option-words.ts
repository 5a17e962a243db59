import { callOf } from "../shell/command-word.ts";
import { shellCommands, type ShellWord } from "../shell/commands.ts";
import { anyNameOf } from "../shell/program-names.ts";
import type { Control, Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { uncheckedValues } from "../values/unchecked-values.ts";
import { optionPrograms, type OptionProgram } from "./option-programs.ts";

/** A word of a command that the caller can make an option of the program. Offsets are in the script. */
export type OptionWord = {
  readonly program: string;
  readonly option: string;
  readonly control: Control;
  /** It falls into several words. */
  readonly split: boolean;
  readonly start: number;
  readonly end: number;
};

/** Words that begin with a caller's text where the program looks for options, and words that the shell splits. */
export function optionWords(script: string, scope: Scope): OptionWord[] {
  if (!mayHoldValues(script, scope) || !mayTakeOptions.test(script)) return [];
  const commands = shellCommands(script);
  const values = uncheckedValues(script, scope);
  const lists = splitLists(script);
  const found: OptionWord[] = [];
  for (const command of commands) {
    const { program: name, rest } = callOf(command.words);
    const program = optionPrograms.find((each) => each.name.test(name));
    if (program === undefined) continue;
    const words = wordsOf(program, rest);
    const operands = new Set(operandsOf(program, words));
    for (const word of words) {
      const split = isSplit(word.text, lists);
      const control = split
        ? values.anywhere(command, word.text)
        : operands.has(word)
          ? values.atBeginning(command, word.text)
          : undefined;
      if (control !== undefined)
        found.push({ program: name, option: program.option, control, split, start: word.start, end: word.end });
    }
  }
  return found;
}

/** Without any of these a script need not be read. */
const mayTakeOptions = new RegExp(`\\b${anyNameOf(optionPrograms)}\\b`);

/** Up to `--`, and to the end of what the program itself reads. */
function wordsOf({ first, flags }: OptionProgram, rest: readonly ShellWord[]): readonly ShellWord[] {
  const dashes = rest.findIndex(({ text }) => text === "--");
  const words = (dashes < 0 ? rest : rest.slice(0, dashes)).filter(({ text }) => !/^\d?[<>]/.test(text));
  if (!first) return words;
  const operand = words.findIndex((_, index) => isOperand(words, index, flags!));
  return operand < 0 ? words : words.slice(0, operand + 1);
}

/** Words that are no options, and no values of options. */
function operandsOf({ flags, subcommand }: OptionProgram, words: readonly ShellWord[]): readonly ShellWord[] {
  if (flags === undefined) return [];
  const from = subcommand === undefined ? 0 : words.findIndex(({ text }) => subcommand.test(text)) + 1;
  if (from === 0 && subcommand !== undefined) return [];
  const rest = words.slice(from);
  return rest.filter((_, index) => isOperand(rest, index, flags));
}

function isOperand(words: readonly ShellWord[], index: number, flags: RegExp): boolean {
  if (words[index]!.text.startsWith("-")) return false;
  const before = words[index - 1]?.text ?? "";
  return !before.startsWith("-") || before.includes("=") || flags.test(before);
}

/** `$X` without quotes, and the items of a list that was made of one text. */
function isSplit(text: string, lists: ReadonlySet<string>): boolean {
  if (/^\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})$/.test(text)) return true;
  const [, list] = /^"?\$\{(\w+)\[[@*]\]\}"?$/.exec(text) ?? [];
  return list !== undefined && lists.has(list);
}

/** Names of lists that a script makes of the words of a text: `read -ra list`, `mapfile -t list`, `list=($X)`. */
function splitLists(script: string): ReadonlySet<string> {
  const made =
    /\bread\s+(?:-\w+\s+)*-\w*a\s+(\w+)|\b(?:mapfile|readarray)\s+(?:-\w+\s+(?:''\s+)?)*(\w+)|\b(\w+)\+?=\([^()"'\n]*\$\w/g;
  return new Set([...script.matchAll(made)].map(([, read, mapped, list]) => (read ?? mapped ?? list)!));
}
