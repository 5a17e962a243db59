import { callOf, nameOf } from "./command-word.ts";
import type { ShellCommand, ShellWord } from "./commands.ts";
import type { GivenCode } from "./given-code.ts";

/** Text that a command is sure to read: what the script gives it, and what `echo` and `printf` put into its pipe. */
export function inputOf({ words, input: given, from }: ShellCommand): readonly ShellWord[] {
  const input = [...given, ...substituted(words)];
  if (from === undefined) return input;
  const { word, program, rest } = callOf(from.words);
  if (program === "echo" || program === "printf")
    return rest.some(({ text }) => text.includes("%q")) ? input : [...input, ...rest];
  // Whoever names the server says what comes from it.
  if (program === "curl" || program === "wget")
    return [...input, ...rest.filter(({ text }) => /^["']?(?:https?:\/\/)?\$/.test(text))];
  if (from.words.some(({ text }) => text.includes("GITHUB_EVENT_PATH")))
    return word === undefined ? input : [...input, { ...word, text: `$(${textOf(from)})` }];
  const passes =
    /^(?:cat|tee|sed|tr|cut|base64|envsubst|sort|uniq|head|tail|tac|shuf|paste|column)$/.test(program) &&
    !rest.some(({ text }) => /^-(?:cd|dc|c)$/.test(text));
  return passes ? [...input, ...inputOf(from)] : input;
}

/** `< <( … )`, which reads what `$( … )` would put out. */
function substituted(words: readonly ShellWord[]): readonly ShellWord[] {
  return words
    .filter(({ text }, index) => text.startsWith("<(") && words[index - 1]?.text === "<")
    .map((word) => ({ ...word, text: `$${word.text.slice(1)}` }));
}

function textOf({ words }: ShellCommand): string {
  return words.map(({ text }) => text).join(" ");
}

/** `xargs -I{} sh -c '… {}'` pastes what it reads into the code. */
export function pastedByXargs(command: ShellCommand, program: string, code: readonly ShellWord[]): GivenCode[] {
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
