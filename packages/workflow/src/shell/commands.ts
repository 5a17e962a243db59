import { Level } from "./level.ts";

/** A simple command of a shell script: its words as they are written, quotes included. Offsets are in the script. */
export type ShellCommand = {
  readonly words: readonly ShellWord[];
  /** What it is given to read in the script itself: bodies of here-documents that are expanded, and what stands behind `<<<`. */
  readonly input: readonly ShellWord[];
  /** Bodies of here-documents that are not expanded. */
  readonly literal: readonly ShellWord[];
  /** The command whose output it reads by a pipe. */
  readonly from: ShellCommand | undefined;
  /** What stands between it and the command in front of it: `&&`, `;`, a line end, parentheses, and each pattern of a `case` with its parenthesis. */
  readonly before: readonly string[];
  readonly start: number;
  readonly end: number;
};
export type ShellWord = { readonly text: string; readonly start: number; readonly end: number };

/** The commands of a script, or of one `$( … )` or `<( … )` in it, in their order. */
export type ShellLevel = { readonly commands: readonly ShellCommand[]; readonly from: number; readonly to: number };

/**
 * The simple commands of a shell script: the script's own first, then those of each substitution in the order in which they begin. No shell: it splits words
 * and commands, and expands nothing. Lists of arrays, conditions in `[[ … ]]` and arithmetic are words; patterns of a `case` are no commands.
 */
export function shellLevels(script: string): readonly ShellLevel[] {
  return readingOf(script).levels;
}

/** The commands of all levels, in the order in which they begin. */
export function shellCommands(script: string): readonly ShellCommand[] {
  return readingOf(script).commands;
}

type Reading = { readonly levels: readonly ShellLevel[]; readonly commands: readonly ShellCommand[] };

/** Several rules read the same scripts one after the other. */
const latest = new Map<string, Reading>();
const mostKept = 50;

function readingOf(script: string): Reading {
  const found = latest.get(script);
  if (found !== undefined) return found;
  const levels: ShellLevel[] = [];
  new Level(script, levels, 0).read(0, script.length);
  const commands = levels.flatMap((level) => level.commands).sort((a, b) => a.start - b.start);
  if (latest.size >= mostKept) latest.clear();
  const reading = { levels, commands };
  latest.set(script, reading);
  return reading;
}
