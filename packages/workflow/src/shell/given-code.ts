import { programs, type Program } from "./code-programs.ts";
import { assignmentIn, nameOf, programAt } from "./command-word.ts";
import type { ShellCommand, ShellWord } from "./commands.ts";
import { inputOf, pastedByXargs } from "./input.ts";
import { anyNameOf } from "./program-names.ts";

/** Text that a program is given as code. Offsets are in the script, and may be those of another word that the text is pasted into. */
export type GivenCode = {
  readonly program: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The program evaluates only parts of it, or not in every case. */
  readonly doubtful?: boolean | undefined;
};

const anyProgram = new RegExp(`^${anyNameOf(programs)}$`);

/** What the programs of a command are given as code. */
export function codeIn(command: ShellCommand): GivenCode[] {
  const { words } = command;
  const first = programAt(words);
  // It reads the input itself.
  const by_xargs = words.slice(0, Math.max(first, 0)).some(({ text }) => nameOf(text) === "xargs");
  const tried = new Set<string>();
  for (const [at, { text }] of words.entries()) {
    const name = nameOf(text);
    // An option that did not stand behind a name does not stand behind the same name further on.
    if (!anyProgram.test(name) || (tried.has(name) && at !== first)) continue;
    tried.add(name);
    const named = programs.filter((program) => program.name.test(name));
    const rest = words.slice(at + 1);
    const has = (option: RegExp) => rest.some((word) => option.test(word.text));
    for (const program of named) {
      if (program.among !== undefined && !has(program.among)) continue;
      if (program.harmless !== undefined && has(program.harmless)) continue;
      const given = (code: readonly ShellWord[]) =>
        code.map((word) => ({ program: name, doubtful: program.doubtful, ...word }));
      // `kubectl exec app -- sh -c …`: an interpreter with its option may stand anywhere; a bare name may be an argument.
      if (program.code instanceof RegExp) {
        const code = behindOption(program, program.code, rest);
        if (code.length > 0) return [...given(code), ...pastedByXargs(command, name, code)];
        // `xargs sh -c` puts the code behind it.
        if (by_xargs && program.code.test(rest.at(-1)?.text ?? "")) return given(inputOf(command));
      }
      if (at !== first) continue;
      const input = !by_xargs && runsInput(program, rest) ? inputOf(command) : [];
      const code = [...codeWords(program, rest), ...input];
      if (code.length > 0) return given(code);
    }
  }
  return [];
}

function behindOption({ repeated, several, only, valued }: Program, option: RegExp, rest: readonly ShellWord[]) {
  const flags = rest.flatMap(({ text }, index) => (option.test(text) ? [index] : []));
  const inline = rest.filter(({ text }) => /^--[\w-]+=/.test(text) && option.test(text.slice(0, text.indexOf("="))));
  const [first] = flags;
  if (several) return first === undefined ? [] : operandsOf(rest.slice(first + 1), valued);
  const counted = repeated ? flags : flags.slice(0, 1);
  const behind = counted.flatMap((flag) => rest.slice(flag + 1, flag + 2));
  const code = repeated || behind.length === 0 ? [...behind, ...inline] : behind;
  return only === undefined ? code : code.filter(({ text }) => only.test(text));
}

/** Without options, and what options take. */
function operandsOf(words: readonly ShellWord[], valued: RegExp | undefined): readonly ShellWord[] {
  return words.filter(
    ({ text }, index) => !text.startsWith("-") && !(index > 0 && valued?.test(words[index - 1]!.text) === true),
  );
}

function codeWords(program: Program, rest: readonly ShellWord[]): readonly ShellWord[] {
  const { code, instead, file, until } = program;
  if (code === "all") return rest;
  if (code === "behind first") return behindFirst(rest);
  if (code === "assignments") return rest.filter(({ text }) => assignmentIn(text.replace(/^["']/, "")) !== undefined);
  const files = rest.filter((_, index) => (index === 0 ? code === "substituted" : file?.test(rest[index - 1]!.text)));
  // Of a file only its name is known; `bash <(…)` and `source <(…)` show the text.
  const shown = files.filter(({ text }) => text.startsWith("<("));
  if (shown.length > 0 || code instanceof RegExp || code === "substituted") return shown;
  if (instead !== undefined && rest.some(({ text }) => instead.test(text)))
    return rest.filter((_, index) => index > 0 && instead.test(rest[index - 1]!.text));
  const at = firstOperand(program, rest);
  if (at < 0 || code === "first") return rest.slice(at, at + 1);
  const end = until === undefined ? -1 : rest.findIndex(({ text }) => until.test(text));
  return rest.slice(at, end < 0 ? undefined : end);
}

function firstOperand({ valued, paired, subcommand }: Program, rest: readonly ShellWord[]): number {
  for (let i = 0; i < rest.length; i++) {
    const { text } = rest[i]!;
    if (paired?.test(text) === true) i += 2;
    else if (valued?.test(text) === true) i += 1;
    else if (!text.startsWith("-") && subcommand?.test(text) !== true) return i;
  }
  return -1;
}

/** What ssh hands to the shell of the other machine, and sqlite3 to its database. */
function behindFirst(words: readonly ShellWord[]): readonly ShellWord[] {
  for (let i = 0; i < words.length; i++) {
    const { text } = words[i]!;
    if (/^-[A-Za-z]*[bcDEeFIiJLlmOopQRSWw]$/.test(text)) i++;
    else if (!text.startsWith("-")) return words.slice(i + 1);
  }
  return [];
}

function runsInput({ code, stdin }: Program, rest: readonly ShellWord[]): boolean {
  if (stdin === undefined) return false;
  if (stdin === "no option") return !rest.some(({ text }) => /^(?:-f|--file)/.test(text));
  const named = code === "behind first" ? behindFirst(rest) : rest.filter(({ text }) => !text.startsWith("-"));
  // `bash -s arguments`, and `ssh host bash`, which runs what ssh reads.
  return (
    named.length === 0 ||
    rest.some(({ text }) => /^-[a-z]*s[a-z]*$/.test(text)) ||
    (code === "behind first" &&
      programs.some(({ name, stdin: too }) => too === "no file" && name.test(nameOf(named[0]!.text))))
  );
}
