import { isKeyword, programAt } from "./command-word.ts";
import type { ShellCommand } from "./commands.ts";

/** A function of a script: where its body stands, and who calls it. */
export type ShellFunction = {
  readonly start: number;
  readonly end: number;
  /** Variables that are its own. */
  readonly locals: readonly string[];
  readonly calls: readonly FunctionCall[];
};
type FunctionCall = { readonly at: number; readonly words: readonly string[] };

/** `name() { … }` and `function name { … }`, each with the commands that call it. */
export function functionsIn(script: string, commands: readonly ShellCommand[]): ShellFunction[] {
  const found = /\)\s*\{|\bfunction\s/.test(script) ? [...script.matchAll(head)] : [];
  if (found.length === 0 || found.length > mostFunctions) return [];
  const calls = callsOf(new Set(found.map(nameIn)), commands);
  return found.flatMap((match) => {
    const from = match.index;
    const start = from + match[0].length - 1;
    const called = calls.filter(({ name, at }) => name === nameIn(match) && (at < from || at >= start));
    const end = called.length === 0 ? undefined : endOfBody(commands, start);
    // A parameter that is compared may be checked.
    if (end === undefined || /(?:\[\[?|\btest|\bcase)\s[^\n]*\$\{?[1-9@*]/.test(script.slice(start, end))) return [];
    const body = commands.filter((command) => command.start >= start && command.start < end);
    return [{ start, end, locals: body.flatMap(localsOf), calls: called }];
  });
}

/** What has more than that is no script that a person wrote. */
const mostFunctions = 100;

function nameIn([, plain, keyword]: RegExpExecArray): string {
  return (plain ?? keyword)!;
}

/** Calls that hand over a variable. */
function callsOf(names: ReadonlySet<string>, commands: readonly ShellCommand[]): (FunctionCall & { name: string })[] {
  return commands.flatMap((command) => {
    if (!command.words.some(({ text }) => names.has(text))) return [];
    const at = programAt(command.words);
    const name = command.words[at]?.text ?? "";
    const words = argumentsOf(command, at);
    return names.has(name) && words.some((text) => text.includes("$")) ? [{ name, at: command.start, words }] : [];
  });
}

const head = /(?<![\w$.-])(?:([A-Za-z_][\w-]*)\s*\(\s*\)|function\s+([A-Za-z_][\w-]*)(?:\s*\(\s*\))?)\s*\{/g;

/** Where the brace stands that closes the one at `start`. */
function endOfBody(commands: readonly ShellCommand[], start: number): number | undefined {
  let depth = 1;
  for (const { words, start: at } of commands) {
    if (at < start) continue;
    if (words[0]!.text === "}" && --depth === 0) return at;
    for (const word of words) {
      if (!isKeyword(word.text)) break;
      if (word.text === "{" && word.start > start) depth++;
    }
  }
  return undefined;
}

function argumentsOf({ words }: ShellCommand, at: number): readonly string[] {
  const rest = words.slice(at + 1).map(({ text }) => text);
  const end = rest.findIndex((text) => /^\d?[<>]/.test(text) && !/^[<>]\(/.test(text));
  return end < 0 ? rest : rest.slice(0, end);
}

function localsOf({ words }: ShellCommand): readonly string[] {
  const [first, ...rest] = words.map(({ text }) => text).filter((text) => text !== "{");
  if (!/^(?:local|declare|typeset)$/.test(first ?? "")) return [];
  return rest.flatMap((text) => /^[A-Za-z_]\w*/.exec(text)?.[0] ?? []);
}
