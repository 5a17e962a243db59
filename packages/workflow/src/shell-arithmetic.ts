import type { Control, Scope } from "./caller-control.ts";
import { mayHoldValues } from "./event-file.ts";
import type { ShellCode } from "./shell-code.ts";
import { quotingAt } from "./shell-quoting.ts";
import { followLine, withoutSubstitutions } from "./shell-variables.ts";

/**
 * Variables that bash evaluates as arithmetic: a text like `a[$(rm -rf /)]` runs the command. Line by line, as a reviewer reads it; a value that is typed
 * as a number, or was matched against a pattern, is safe.
 */
export function codeInArithmetic(script: string, scope: Scope): ShellCode[] {
  if (!mayHoldValues(script, scope)) return [];
  const variables = new Map(scope.env);
  const found: ShellCode[] = [];
  let start = 0;
  for (const line of script.split("\n")) {
    for (const { expression, at, command } of arithmeticIn(line)) {
      const quoting = quotingAt(script, start + at);
      if (quoting === undefined || quoting === "single" || (quoting === "double" && command)) continue;
      const control = textIn(expression, variables);
      if (control !== undefined) {
        found.push({
          program: "the shell's arithmetic",
          control,
          start: start + at,
          end: start + at + expression.length,
        });
      }
    }
    followLine(script, start, variables, scope);
    start += line.length + 1;
  }
  return found;
}

/**
 * What bash evaluates as a number: `$(( … ))`, `(( … ))`, `let …`, `declare -i X=…`, either side of `-eq` and its like in `[[ … ]]`, and the name behind
 * `printf -v`. All but the first are `command`s, and only text within quotes.
 */
const places: readonly { readonly pattern: RegExp; readonly command: boolean }[] = [
  { pattern: /\$\(\((?<code>[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*)\)\)/g, command: false },
  { pattern: /(?<!\$)\(\((?<code>[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*)\)\)/g, command: true },
  { pattern: /(?:^|[;&|]\s*|\bthen\s+|\bdo\s+)\s*let\s+(?<code>[^;&|#]+)/g, command: true },
  { pattern: /\b(?:declare|typeset|local)\s+-\w*i\w*\s+\w+=(?<code>[^;&|#]+)/g, command: true },
  { pattern: /\[\[(?<code>[^\]]*\s-(?:eq|ne|lt|le|gt|ge)\s[^\]]*)\]\]/g, command: true },
  { pattern: /\bprintf\s+-v\s*(?<code>"?\$\{?\w+\}?"?)/g, command: true },
];

function* arithmeticIn(line: string): Iterable<{ expression: string; at: number; command: boolean }> {
  for (const { pattern, command } of places) {
    for (const match of line.matchAll(pattern)) {
      const expression = match.groups!["code"]!;
      yield { expression, at: match.index + match[0].indexOf(expression), command };
    }
  }
}

/** Of the comparisons in `[[ … ]]` only those of numbers. */
const ofNumbers = /\s-(?:eq|ne|lt|le|gt|ge)\s/;

/** Names count with and without `$`; the length `${#X}` is a number. */
function textIn(expression: string, variables: ReadonlyMap<string, Control>): Control | undefined {
  const compared = expression.split(/&&|\|\|/).filter((part) => ofNumbers.test(part));
  const evaluated = withoutSubstitutions(compared.length > 0 ? compared.join(" ") : expression);
  const names = evaluated.replaceAll(/\$\{#[^}]*\}/g, "").match(/[A-Za-z_]\w*/g) ?? [];
  return names.map((name) => variables.get(name)).find((control) => control?.level === "high");
}
