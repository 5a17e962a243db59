import { nameOf, programAt } from "./shell-command-word.ts";
import type { ShellCommand, ShellWord } from "./shell-commands.ts";

/** Text that a program is given as code. Offsets are in the script, and may be those of another word that the text is pasted into. */
export type GivenCode = {
  readonly program: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

/**
 * Where a program takes code. `code`: the option in front of it, or every word (`all`), the first that is no option (`first`), those after it
 * (`behind first`), or only what stands in `<( … )` (`substituted`). `stdin`: whether it runs what it reads, when no file is named (`no file`) or no option
 * brings the code (`no option`).
 */
type Program = {
  readonly name: RegExp;
  readonly code: RegExp | "all" | "first" | "behind first" | "substituted";
  readonly stdin?: "no file" | "no option";
  /** A word without which it takes no code, such as a subcommand. */
  readonly among?: RegExp;
  /** An option in front of code, which may stand there several times; with it the first word is none. */
  readonly instead?: RegExp;
  /** An option with which its code can do no harm. */
  readonly harmless?: RegExp;
  /** Options that take the next word, or the next two. */
  readonly valued?: RegExp;
  readonly paired?: RegExp;
};

const programs: readonly Program[] = [
  { name: /^(?:ba|da|z|k|a)?sh$/, code: /^-[a-z]*c$/, stdin: "no file" },
  { name: /^python[\d.]*$/, code: /^-c$/, stdin: "no file" },
  { name: /^(?:node|nodejs|bun|deno)$/, code: /^(?:-e|-p|-pe|--eval|--print|eval)$/, stdin: "no file" },
  { name: /^(?:perl|ruby)$/, code: /^-\w*[eE]$/, stdin: "no file" },
  { name: /^php$/, code: /^-r$/, stdin: "no file" },
  { name: /^psql$/, code: /^(?:-[aAbeEHlnqsStxXz01]*c|--command)$/, stdin: "no option" },
  { name: /^(?:mysql|mariadb)$/, code: /^(?:-[BEHNrstv]*e|--execute)$/, stdin: "no option" },
  { name: /^mongosh?$/, code: /^--eval$/, stdin: "no option" },
  { name: /^eval$/, code: "all" },
  { name: /^(?:source|\.)$/, code: "substituted" },
  { name: /^[gmn]?awk$/, code: "first", valued: /^-[vFf]$/ },
  {
    name: /^[jy]q$/,
    code: "first",
    valued: /^(?:-L|-f|-o|-p|--from-file|--indent)$/,
    paired: /^--(?:arg|argjson|slurpfile|rawfile)$/,
  },
  { name: /^g?sed$/, code: "first", instead: /^-[Einrsuz]*e$/, valued: /^-f$/, harmless: /^--sandbox$/ },
  { name: /^trap$/, code: "first" },
  { name: /^(?:su|runuser)$/, code: /^-\w*c$/ },
  { name: /^(?:pwsh|powershell)$/, code: /^-(?:c|command)$/i },
  { name: /^gcloud$/, code: /^--command$/, among: /^ssh$/ },
  { name: /^az$/, code: /^--scripts$/, among: /^run-command$/ },
  { name: /^aws$/, code: /^--parameters$/, among: /^send-command$/ },
  { name: /^ansible$/, code: /^-a$/, among: /^(?:ansible\.builtin\.)?(?:shell|raw|command)$/ },
  { name: /^(?:ssh|sqlite3)$/, code: "behind first", stdin: "no file" },
];

/** Without any of these a script need not be read. */
export const mentionsPrograms =
  /\b(?:(?:ba|da|z|k|a)?sh|python|node|bun|deno|perl|ruby|php|psql|mysql|mariadb|mongosh?|eval|source|awk|[gmn]awk|g?sed|[jy]q|gcloud|az|aws|ansible|ssh|trap|su|runuser|pwsh|powershell|sqlite3)\b|python\d|\.\s*<\(/;

export function codeIn(command: ShellCommand): GivenCode[] {
  const { words } = command;
  const first = programAt(words);
  // It reads the input itself.
  const by_xargs = words.slice(0, Math.max(first, 0)).some(({ text }) => nameOf(text) === "xargs");
  for (const [at, { text }] of words.entries()) {
    const name = nameOf(text);
    const rest = words.slice(at + 1);
    const has = (option: RegExp) => rest.some((word) => option.test(word.text));
    const program = programs.find((candidate) => candidate.name.test(name));
    if (program === undefined || (program.among !== undefined && !has(program.among))) continue;
    if (program.harmless !== undefined && has(program.harmless)) continue;
    const given = (code: readonly ShellWord[]) => code.map((word) => ({ program: name, ...word }));
    // `kubectl exec app -- sh -c …`: an interpreter with its option may stand anywhere; a bare name may be an argument.
    if (program.code instanceof RegExp) {
      const code = behindOption(program.code, rest);
      if (code.length > 0) return [...given(code), ...pastedByXargs(command, name, code)];
    }
    if (at !== first) continue;
    return given([...codeWords(program, rest), ...(!by_xargs && runsInput(program, rest) ? inputOf(command) : [])]);
  }
  return [];
}

function behindOption(option: RegExp, rest: readonly ShellWord[]): readonly ShellWord[] {
  const flag = rest.findIndex(({ text }) => option.test(text));
  if (flag >= 0) return rest.slice(flag + 1, flag + 2);
  return rest.filter(({ text }) => /^--(?:command|execute|eval)=/.test(text));
}

function codeWords({ code, instead, valued, paired }: Program, rest: readonly ShellWord[]): readonly ShellWord[] {
  if (code === "all") return rest;
  if (code === "behind first") return behindFirst(rest);
  // Of a file only its name is known; `bash <(…)` and `source <(…)` show the text.
  if (code !== "first") return rest.slice(0, 1).filter(({ text }) => text.startsWith("<("));
  if (instead !== undefined && rest.some(({ text }) => instead.test(text)))
    return rest.filter((_, index) => index > 0 && instead.test(rest[index - 1]!.text));
  for (let i = 0; i < rest.length; i++) {
    const { text } = rest[i]!;
    if (paired?.test(text) === true) i += 2;
    else if (valued?.test(text) === true) i += 1;
    else if (!text.startsWith("-")) return [rest[i]!];
  }
  return [];
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

/** Text that a command is sure to read: what the script gives it, and what `echo` and `printf` put into its pipe. */
function inputOf({ input: given, from }: ShellCommand): readonly ShellWord[] {
  const input = given.map((word) => ({ ...word, text: isDocument(word) ? word.text.replaceAll("'", " ") : word.text }));
  if (from === undefined) return input;
  const at = programAt(from.words);
  const name = nameOf(from.words[at]?.text ?? "");
  const rest = from.words.slice(at + 1);
  if (name === "echo" || name === "printf")
    return rest.some(({ text }) => text.includes("%q")) ? input : [...input, ...rest];
  // Whoever names the server says what comes from it.
  if (name === "curl" || name === "wget")
    return [...input, ...rest.filter(({ text }) => /^["']?(?:https?:\/\/)?\$/.test(text))];
  if (from.words.some(({ text }) => text.includes("GITHUB_EVENT_PATH")))
    return [...input, ...from.words.slice(at, at + 1).map((word) => ({ ...word, text: `$(${textOf(from)})` }))];
  const passes =
    /^(?:cat|tee|sed|tr|cut|base64|envsubst)$/.test(name) && !rest.some(({ text }) => /^-(?:cd|dc|c)$/.test(text));
  return passes ? [...input, ...inputOf(from)] : input;
}

function textOf({ words }: ShellCommand): string {
  return words.map(({ text }) => text).join(" ");
}

/** The body of a here-document, in which quotes quote nothing. */
function isDocument({ text }: ShellWord): boolean {
  return text.includes("\n") && !/^["']/.test(text);
}

/** `xargs -I{} sh -c '… {}'` pastes what it reads into the code. */
function pastedByXargs(command: ShellCommand, program: string, code: readonly ShellWord[]): GivenCode[] {
  const { words } = command;
  if (!words.some(({ text }) => nameOf(text) === "xargs")) return [];
  const option = words.findIndex(({ text }) => /^(?:-I|-i|--replace)/.test(text));
  if (option < 0) return [];
  const inline = words[option]!.text.replace(/^(?:-I|-i|--replace=?)/, "");
  const marker = bare(inline !== "" ? inline : words[option]!.text === "-I" ? (words[option + 1]?.text ?? "") : "{}");
  const target = code.find(({ text }) => marker !== "" && text.includes(marker));
  if (target === undefined) return [];
  return inputOf(command).map(({ text }) => ({ ...target, program, text }));
}

function bare(word: string): string {
  return word.replaceAll(/["']/g, "");
}
