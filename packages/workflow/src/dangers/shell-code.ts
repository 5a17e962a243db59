import { programs } from "../shell/code-programs.ts";
import { shellCommands } from "../shell/commands.ts";
import { codeIn } from "../shell/given-code.ts";
import { linesOf } from "../shell/lines.ts";
import { anyNameOf } from "../shell/program-names.ts";
import { fileReaders, writtenScripts } from "../shell/written-scripts.ts";
import type { Control, Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { controlInPowerShell, valuesInPowerShell } from "../values/in-powershell.ts";
import { valuesIn } from "../values/in-shell.ts";
import { withoutQuoted } from "../values/requoting.ts";
import { controlOfShell, type ShellValues } from "../values/shell-variables.ts";
import { specialFor } from "../values/special-characters.ts";

/** A piece of a script that another program reads as code, with a caller's value in it. Offsets are in the script. */
export type ShellCode = {
  readonly program: string;
  readonly control: Control;
  readonly start: number;
  readonly end: number;
};

/**
 * Variables that carry a caller's value into code: `eval "… $X"`, `bash -c "… $X"`, `echo "… $X" | bash`, `ssh host "… $X"`, `python3 -c "… '$X'"`. Quotes
 * inside that code are no protection, because the value may hold them as well. What was matched against a pattern, or quoted by `printf %q` or `${X@Q}`, counts as safe.
 */
export function codeInShell(script: string, scope: Scope): ShellCode[] {
  if (!mayHoldValues(script, scope) || !(mayRunCode.test(script) || scope.runs_later !== undefined)) return [];
  const commands = shellCommands(script);
  const valuesAt = valuesIn(script, scope);
  const written = writtenScripts(commands, scope.runs_later ?? []);
  const found: ShellCode[] = [];
  for (const command of commands) {
    for (const { program, text, start, end, doubtful } of [...codeIn(command), ...(written.get(command) ?? [])]) {
      const values = valuesAt(command.start);
      const control = controlOfShell(unquoted(program, text, values), values, scope, specialFor(program));
      if (control === undefined) continue;
      found.push({ program, control: doubtful ? weaker(control) : control, ...lineWith(control, script, start, end) });
    }
  }
  return found;
}

const makesRunnable = { name: /^chmod$/ };

/** Without any of these a script need not be read. */
const mayRunCode = new RegExp(
  [
    `\\b${anyNameOf([...programs.filter(({ shown }) => shown === undefined), ...fileReaders, makesRunnable])}\\b`,
    ...programs.flatMap(({ shown }) => shown?.source ?? []),
  ].join("|"),
);

function weaker(control: Control): Control {
  return control.level === "high" ? { ...control, level: "medium" } : control;
}

/** `Invoke-Expression "… $env:X"` and `bash -c "… $env:X"`, line by line; values are followed through variables that a line sets. */
export function codeInPowerShell(script: string, scope: Scope): ShellCode[] {
  const valuesAt = valuesInPowerShell(script, scope);
  return codeByLine(script, (line, start) => {
    for (const { program, runs } of inPowerShell) {
      const control = controlInPowerShell(runs.exec(line)?.[1] ?? "", valuesAt(start), scope);
      if (control !== undefined) return { program, control };
    }
    return undefined;
  });
}

const inPowerShell = [
  { program: "Invoke-Expression", runs: /\b(?:Invoke-Expression|iex|\[scriptblock\]::Create)\b(.*)$/i },
  { program: "bash", runs: /\b(?:ba)?sh\s+-\w*c\s+("(?:`.|[^"`])*"|\S+)/ },
  { program: "cmd", runs: /\bcmd(?:\.exe)?\s+\/c\s+(.*)$/i },
] as const;

/** cmd.exe pastes `%X%` into the line before it reads it. */
export function codeInCmd(script: string, { env }: Scope): ShellCode[] {
  return codeByLine(script, (line) => {
    const names = [...line.matchAll(/%([A-Za-z_]\w*)%/g)].map(([, name]) => name!.toUpperCase());
    const control = names.map((name) => env.get(name)).find((found) => found !== undefined);
    return control === undefined ? undefined : { program: "cmd", control };
  });
}

function codeByLine(
  script: string,
  find: (line: string, start: number) => Pick<ShellCode, "program" | "control"> | undefined,
): ShellCode[] {
  return linesOf(script).flatMap(({ text, start }) => {
    const code = find(text, start);
    const indent = text.length - text.trimStart().length;
    return code === undefined ? [] : [{ ...code, start: start + indent, end: start + text.trimEnd().length }];
  });
}

/** What takes a text that was quoted for a shell as the text that it was; any other program reads the quotes as its own. */
const shells = /^(?:(?:ba|da|z|k|a)?sh|eval|source|\.|trap|su|runuser|ssh|gcloud|az|aws|ansible)$/;

/** Without what is quoted for another shell, and variables that are not expanded here. */
function unquoted(program: string, text: string, values: ShellValues): string {
  const code = text.replaceAll(/\\\$\{?\w+\}?/g, "");
  return shells.test(program) ? withoutQuoted(code, values) : code;
}

/** Of several lines the one with the variable. */
function lineWith({ variable }: Control, script: string, start: number, end: number): { start: number; end: number } {
  const at =
    variable === undefined
      ? -1
      : script.slice(start, end).search(new RegExp(`\\$\\{?${variable.replace("*", "\\*")}(?!\\w)`));
  if (at < 0 || !script.slice(start, end).includes("\n")) return { start, end };
  const from = Math.max(start, script.lastIndexOf("\n", start + at) + 1);
  const to = script.indexOf("\n", start + at);
  return { start: from, end: to < 0 ? end : Math.min(to, end) };
}
