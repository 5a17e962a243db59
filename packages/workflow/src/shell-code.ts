import type { Control, Scope } from "./caller-control.ts";
import { shellCommands, type ShellWord } from "./shell-commands.ts";
import { controlOfShell, followLine } from "./shell-variables.ts";

/** A piece of a script that another program reads as code, with a caller's value in it. Offsets are in the script. */
export type ShellCode = {
  readonly program: string;
  readonly control: Control;
  readonly start: number;
  readonly end: number;
};

/**
 * Variables that carry a caller's value into code: `eval "… $X"`, `bash -c "… $X"`, `ssh host "… $X"`, `python3 -c "… '$X'"`. Quotes inside that code are
 * no protection, because the value may hold them as well. What was matched against a pattern, or quoted by `printf %q` or `${X@Q}`, counts as safe.
 */
export function codeInShell(script: string, scope: Scope): ShellCode[] {
  if (scope.env.size === 0 || !mentionsPrograms.test(script)) return [];
  const variables = new Map(scope.env);
  const found: ShellCode[] = [];
  let done = 0;
  for (const { words, start } of shellCommands(script)) {
    const lineStart = script.lastIndexOf("\n", start) + 1;
    for (const line of script.slice(done, lineStart).split("\n")) followLine(line, variables, scope);
    done = Math.max(done, lineStart);
    const given = codeOf(words);
    for (const { text, start: from, end } of given?.code ?? []) {
      const control = controlOfShell(unquoted(text), variables);
      if (control !== undefined) found.push({ program: given!.program, control, start: from, end });
    }
  }
  return found;
}

/** `Invoke-Expression "… $env:X"`, line by line. */
export function codeInPowerShell(script: string, { env }: Scope): ShellCode[] {
  return codeByLine(
    script,
    /\b(?:Invoke-Expression|iex|\[scriptblock\]::Create)\b(.*)$/i,
    "Invoke-Expression",
    (code) => controlOfShell(code, env),
  );
}

/** cmd.exe pastes `%X%` into the line before it reads it. */
export function codeInCmd(script: string, { env }: Scope): ShellCode[] {
  return codeByLine(script, /^(.*)$/, "cmd", (line) => {
    const names = [...line.matchAll(/%([A-Za-z_]\w*)%/g)].map(([, name]) => name!.toUpperCase());
    return names.map((name) => env.get(name)).find((control) => control !== undefined);
  });
}

function codeByLine(
  script: string,
  pattern: RegExp,
  program: string,
  controlIn: (code: string) => Control | undefined,
): ShellCode[] {
  const found: ShellCode[] = [];
  let start = 0;
  for (const line of script.split("\n")) {
    const code = pattern.exec(line)?.[1];
    const control = code === undefined ? undefined : controlIn(code);
    const indent = line.length - line.trimStart().length;
    if (control !== undefined)
      found.push({ program, control, start: start + indent, end: start + line.trimEnd().length });
    start += line.length + 1;
  }
  return found;
}

/** Where programs take code, by name: the option in front of it, or every word (`all`), the first that is no option (`first`), or those after it. */
const programs: readonly { readonly name: RegExp; readonly code: RegExp | "all" | "first" | "behind first" }[] = [
  { name: /^(?:ba|da|z|k|a)?sh$/, code: /^-[a-z]*c$/ },
  { name: /^python[\d.]*$/, code: /^-c$/ },
  { name: /^(?:node|nodejs|bun|deno)$/, code: /^(?:-e|-p|-pe|--eval|--print|eval)$/ },
  { name: /^(?:perl|ruby)$/, code: /^-\w*[eE]$/ },
  { name: /^php$/, code: /^-r$/ },
  { name: /^(?:psql|mysql|mariadb)$/, code: /^(?:-c|-e|--command|--execute)$/ },
  { name: /^mongosh?$/, code: /^--eval$/ },
  { name: /^eval$/, code: "all" },
  { name: /^[gmn]?awk$/, code: "first" },
  { name: /^trap$/, code: "first" },
  { name: /^(?:su|runuser)$/, code: /^-\w*c$/ },
  { name: /^(?:pwsh|powershell)$/, code: /^-(?:c|command)$/i },
  { name: /^(?:ssh|sqlite3)$/, code: "behind first" },
];

const mentionsPrograms =
  /\b(?:(?:ba|da|z|k|a)?sh|python|node|bun|deno|perl|ruby|php|psql|mysql|mariadb|mongosh?|eval|awk|[gmn]awk|ssh|trap|su|runuser|pwsh|powershell|sqlite3)\b|python\d/;

/** Words in front of a command that leave it a command. */
const prefixes = /^(?:sudo|env|exec|command|time|nohup|if|then|else|elif|while|until|do|!|\{|[A-Za-z_]\w*=.*)$/;

function codeOf(words: readonly ShellWord[]): { program: string; code: readonly ShellWord[] } | undefined {
  const first = words.findIndex(({ text }) => !prefixes.test(text));
  for (const [at, { text }] of words.entries()) {
    const name = text.replace(/^\S*\//, "");
    const program = programs.find((candidate) => candidate.name.test(name));
    if (program === undefined) continue;
    const rest = words.slice(at + 1);
    // `kubectl exec app -- sh -c …`: an interpreter with its option may stand anywhere; a bare name may be an argument.
    if (program.code instanceof RegExp) {
      const { code } = program;
      const flag = rest.findIndex((word) => code.test(word.text));
      const joined = rest.filter((word) => /^--(?:command|execute|eval)=/.test(word.text));
      if (flag >= 0) return { program: name, code: rest.slice(flag + 1, flag + 2) };
      if (joined.length > 0) return { program: name, code: joined };
      // `bash <<EOF`: the document is the code.
      const last = rest.at(-1);
      if (at === first && last?.text.includes("\n") === true && !/^["']/.test(last.text))
        return { program: name, code: [last] };
      continue;
    }
    if (at !== first) return undefined;
    if (program.code === "all") return { program: name, code: rest };
    if (program.code === "first") {
      const code = rest.find(
        ({ text: word }, index) => !word.startsWith("-") && !/^-[vFf]$/.test(rest[index - 1]?.text ?? ""),
      );
      return { program: name, code: code === undefined ? [] : [code] };
    }
    return { program: name, code: behindFirst(rest) };
  }
  return undefined;
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

/** Without what is quoted for another shell, and variables that are not expanded here. */
function unquoted(code: string): string {
  return code
    .replaceAll(/\$\(\s*printf\s+(?:-v\s+\w+\s+)?["']?%q["']?[^)]*\)/g, "")
    .replaceAll(/\$\{\w+@Q\}/g, "")
    .replaceAll(/\\\$\{?\w+\}?/g, "");
}
