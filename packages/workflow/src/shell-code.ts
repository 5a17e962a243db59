import type { Control, Scope } from "./caller-control.ts";
import { shellCommands } from "./shell-commands.ts";
import { codeIn, mentionsPrograms } from "./shell-programs.ts";
import { controlOfShell, followLine } from "./shell-variables.ts";

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
  if (scope.env.size === 0 || !mentionsPrograms.test(script)) return [];
  const variables = new Map(scope.env);
  const found: ShellCode[] = [];
  let done = 0;
  for (const command of shellCommands(script)) {
    const lineStart = script.lastIndexOf("\n", command.start) + 1;
    for (const line of script.slice(done, lineStart).split("\n")) followLine(line, variables, scope);
    done = Math.max(done, lineStart);
    for (const { program, text, start, end } of codeIn(command)) {
      const control = controlOfShell(unquoted(text), variables);
      if (control !== undefined) found.push({ program, control, start, end });
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

/** Without what is quoted for another shell, and variables that are not expanded here. */
function unquoted(code: string): string {
  return code
    .replaceAll(/\$\(\s*printf\s+(?:-v\s+\w+\s+)?["']?%q["']?[^)]*\)/g, "")
    .replaceAll(/\$\{\w+@Q\}/g, "")
    .replaceAll(/\\\$\{?\w+\}?/g, "");
}
