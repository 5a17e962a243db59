import { callOf } from "../shell/command-word.ts";
import { shellCommands, type ShellWord } from "../shell/commands.ts";
import type { Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { valuesIn } from "../values/in-shell.ts";
import { codeInJavaScript, codeInPerl, codeInPython, codeInRuby } from "./program-code.ts";
import { codeInShell, type ShellCode } from "./shell-code.ts";

type Read = (script: string, scope: Scope) => readonly ShellCode[];
type Embedded = { readonly name: RegExp; readonly option: RegExp; readonly read: Read };

const languages: readonly Embedded[] = [
  { name: /^python[\d.]*$/, option: /^-c$/, read: codeInPython },
  { name: /^(?:node|nodejs|bun)$/, option: /^(?:-e|-p|-pe|--eval|--print)$/, read: codeInJavaScript },
  { name: /^perl$/, option: /^-\w*[eE]$/, read: codeInPerl },
  { name: /^ruby$/, option: /^-\w*e$/, read: codeInRuby },
  { name: /^(?:ba|da|z|k|a)?sh$/, option: /^-[a-z]*c$/, read: codeInShell },
];

/** What programs within a script run that the shell expands nothing in: `python3 - <<'PY'`, `node -e '…'`. They have its variables in their environment. */
export function codeInPrograms(script: string, scope: Scope): ShellCode[] {
  if (!mayHoldValues(script, scope) || !mayEmbed.test(script)) return [];
  const commands = shellCommands(script);
  const valuesAt = valuesIn(script, scope);
  return commands.flatMap((command) => {
    const { program, rest } = callOf(command.words);
    const embedded = languages.find(({ name }) => name.test(program));
    if (embedded === undefined) return [];
    const values = valuesAt(command.start);
    const env = new Map([...scope.env.keys()].flatMap((key) => (values.get(key) ? [[key, values.get(key)!]] : [])));
    return programsOf(embedded, rest, command.literal).flatMap(({ text, start }) =>
      embedded.read(text, { ...scope, env }).map((code) => ({
        ...code,
        start: start + code.start,
        end: start + code.end,
      })),
    );
  });
}

/** Without any of these a script need not be read. */
const mayEmbed = /<<-?\s*["'\\]|\s-\w*[cep]\w*\s+'|\s--(?:eval|print)\s+'/;

function programsOf(
  { option }: Embedded,
  rest: readonly ShellWord[],
  literal: readonly ShellWord[],
): readonly ShellWord[] {
  const flag = rest.findIndex(({ text }) => option.test(text));
  if (flag < 0)
    return rest.some(({ text }) => /^[^-<>]/.test(text) && !rest.some((word) => word.text === "-")) ? [] : literal;
  return rest
    .slice(flag + 1, flag + 2)
    .filter(({ text }) => /^'[^']*'$/.test(text))
    .map(({ text, start, end }) => ({ text: text.slice(1, -1), start: start + 1, end: end - 1 }));
}
