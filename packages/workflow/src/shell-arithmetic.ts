import type { Control, Scope } from "./caller-control.ts";
import type { ShellCode } from "./shell-code.ts";
import { quotingAt } from "./shell-quoting.ts";
import { followLine } from "./shell-variables.ts";

/**
 * Variables that bash evaluates as arithmetic: a text like `a[$(rm -rf /)]` runs the command. Line by line, as a reviewer reads it; a value that is typed
 * as a number, or was matched against a pattern, is safe.
 */
export function codeInArithmetic(script: string, scope: Scope): ShellCode[] {
  if (scope.env.size === 0) return [];
  const variables = new Map(scope.env);
  const found: ShellCode[] = [];
  let start = 0;
  for (const line of script.split("\n")) {
    for (const { expression, at } of arithmeticIn(line)) {
      const quoting = quotingAt(script, start + at);
      if (quoting === undefined || quoting === "single") continue;
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
    followLine(line, variables, scope);
    start += line.length + 1;
  }
  return found;
}

/** What bash evaluates as a number: `$(( … ))`, `(( … ))`, `let …`, either side of `-eq` and its like in `[[ … ]]`, and the name behind `printf -v`. */
const places: readonly RegExp[] = [
  /\(\((?<code>[^()]*(?:\([^()]*\)[^()]*)*)\)\)/g,
  /(?:^|[;&|]\s*|\bthen\s+|\bdo\s+)\s*let\s+(?<code>[^;&|#]+)/g,
  /\[\[(?<code>[^\]]*\s-(?:eq|ne|lt|le|gt|ge)\s[^\]]*)\]\]/g,
  /\bprintf\s+-v\s*(?<code>"?\$\{?\w+\}?"?)/g,
];

function* arithmeticIn(line: string): Iterable<{ expression: string; at: number }> {
  for (const place of places) {
    for (const match of line.matchAll(place)) {
      const expression = match.groups!["code"]!;
      yield { expression, at: match.index + match[0].indexOf(expression) };
    }
  }
}

/** Names count with and without `$`. */
function textIn(expression: string, variables: ReadonlyMap<string, Control>): Control | undefined {
  const names = expression.match(/[A-Za-z_]\w*/g) ?? [];
  return names.map((name) => variables.get(name)).find((control) => control?.level === "high");
}
