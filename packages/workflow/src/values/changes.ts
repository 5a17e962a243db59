import { assignmentIn, isKeyword, programAt } from "../shell/command-word.ts";
import type { ShellCommand } from "../shell/commands.ts";
import { inputOf } from "../shell/input.ts";
import { literalOf } from "../shell/text.ts";
import { parametersOf } from "./parameters.ts";

/**
 * A variable that is to hold one of some texts, beside what it held if that only `adds`; without texts nothing of a caller. `literal`: a text that stands
 * in the script.
 */
export type Change = {
  readonly name: string;
  readonly texts: readonly string[];
  readonly adds: boolean;
  readonly literal: boolean;
};

/** `shift`: every positional parameter becomes the one that was so many behind it. */
export type Shift = { readonly by: number };

/** What a command does to the variables of a script. */
export function changesBy(
  command: ShellCommand,
  inputs: ReadonlyMap<ShellCommand, readonly string[]>,
): readonly (Change | Shift)[] {
  const { words } = command;
  const [first, ...rest] = words.filter(({ text }) => !isKeyword(text)).map(({ text }) => text);
  if (first === undefined) return [];
  const holds = (name: string, texts: readonly string[]): Change => ({ name, texts, adds: false, literal: false });
  if (first === "for" || first === "select") {
    const [name, , ...texts] = rest;
    return name === undefined || texts.length === 0 ? [] : [holds(name, texts)];
  }
  const program = words.some(({ text }) => builtins.has(text)) ? programAt(words) : -1;
  const operands = words.slice(program + 1).map(({ text }) => text);
  switch (words[program]?.text ?? "") {
    case "read":
      return namesRead(operands, /^-\w*[dinNptu]$/).map((name) => holds(name, textsRead(command, inputs)));
    case "mapfile":
    case "readarray":
      return [holds(namesRead(operands, /^-\w*[dnOsucC]$/).at(-1) ?? "MAPFILE", textsRead(command, inputs))];
    case "printf": {
      const [option, name = "", ...texts] = operands;
      if (option !== "-v") return [];
      // Quoted in the midst of a text it is taken for safe there.
      return [
        holds(name, /.%q|%q./.test(texts[0]?.replaceAll(/["']/g, "") ?? "") ? [] : [`$(printf ${texts.join(" ")})`]),
      ];
    }
    case "set": {
      const dashes = operands.indexOf("--");
      return dashes < 0 ? [] : parametersOf(operands.slice(dashes + 1)).map(({ name, texts }) => holds(name, texts));
    }
    case "shift":
      return [{ by: Number(operands[0] ?? 1) || 1 }];
    default:
      return assignments([first, ...rest]);
  }
}

/** Commands that give variables a value. */
const builtins: ReadonlySet<string> = new Set(["read", "mapfile", "readarray", "printf", "set", "shift"]);

function assignments([first = "", ...rest]: readonly string[]): Change[] {
  const declares = /^(?:export|local|readonly|declare|typeset)$/.test(first);
  const found = (declares ? rest : [first, ...rest]).map(assignmentIn);
  // In front of a command they hold for that command alone.
  if (!declares && found.includes(undefined)) return [];
  return found.flatMap((assignment) =>
    assignment === undefined
      ? []
      : [{ ...assignment, texts: [assignment.value], literal: literalOf(assignment.value) !== undefined }],
  );
}

/** Names that are given a value; behind an option that is `valued` stands another word. */
function namesRead(operands: readonly string[], valued: RegExp): readonly string[] {
  const end = operands.findIndex((text) => /^\d?[<>]/.test(text));
  return operands
    .slice(0, end < 0 ? undefined : end)
    .filter((text, index) => /^[A-Za-z_]\w*$/.test(text) && !valued.test(operands[index - 1] ?? ""));
}

/** What it reads, or the loop around it. */
function textsRead(command: ShellCommand, inputs: ReadonlyMap<ShellCommand, readonly string[]>): readonly string[] {
  const own = inputOf(command).map(({ text }) => text);
  return own.length > 0 ? own : (inputs.get(command) ?? []);
}
