import type { Charset } from "../chars/charset.ts";
import { shellCommands } from "../shell/commands.ts";
import { associativeNames, evaluatedBy, type Evaluated } from "../shell/evaluated.ts";
import { quotingIn, type Quoting } from "../shell/quoting.ts";
import type { Control, Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { valuesIn } from "../values/in-shell.ts";
import { controlOfShell, expandedIn, type ShellValues } from "../values/shell-variables.ts";
import { arithmeticChars, codeChars, isHarmless } from "../values/special-characters.ts";
import type { ShellCode } from "./shell-code.ts";

/**
 * Variables that bash evaluates as arithmetic, or as a name with a subscript: a text like `a[$(rm -rf /)]` runs the command. A value that is typed as a
 * number, or was matched against a pattern, is safe.
 */
export function codeInArithmetic(script: string, scope: Scope): ShellCode[] {
  if (!mayHoldValues(script, scope) || !mayEvaluate.test(script)) return [];
  const commands = shellCommands(script);
  const valuesAt = valuesIn(script, scope);
  const associative = associativeNames(commands);
  const evaluated = [
    ...expansionsIn(script, associative),
    ...commands.flatMap((each) => evaluatedBy(each, associative)),
  ];
  const quotingAt = quotingIn(script);
  const found: ShellCode[] = [];
  for (const { code, start, end, bare } of evaluated.sort((a, b) => a.start - b.start)) {
    const values = valuesAt(start);
    const control = bare ? numbersOf(code, values, specialAt(script, start)) : controlOfShell(code, values, scope);
    if (control?.level !== "high" || !isExpanded(quotingAt(start))) continue;
    if (found.at(-1)?.end !== end) found.push({ program: "the shell's arithmetic", control, start, end });
  }
  return found;
}

/** Without any of these a script need not be read. */
const mayEvaluate =
  /\(\(|\[\[|\[\s+-v\b|[\w(]\[[^\]]*[$\w]|\$\{[!\w]+[:@[}]|\b(?:let|test|unset|read|printf|declare|typeset|local)\b/;

/** `$(( … ))`, `${list[…]}`, `${text:…}`, and `${!X}` and `${X@P}`, which evaluate what the variable holds. */
const expansions = [
  /\$\(\((?<code>[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*)\)\)/g,
  /\$\{[#!]?(?<name>[A-Za-z_]\w*)\[(?<code>[^\]]+)\]/g,
  /\$\{[A-Za-z_]\w*(?:\[[^\]]*\])?:(?![-=?+])(?<code>(?:[^{}]|\{[^{}]*\})*)\}/g,
  /\$\{!(?<code>[A-Za-z_]\w*)\}/g,
  /\$\{(?<code>[A-Za-z_]\w*)@P\}/g,
] as const;

function* expansionsIn(script: string, associative: ReadonlySet<string>): Iterable<Evaluated> {
  for (const pattern of expansions) {
    for (const match of script.matchAll(pattern)) {
      const { code = "", name = "" } = match.groups!;
      if (associative.has(name)) continue;
      const start = match.index + match[0].indexOf(code, name.length + 2);
      yield { code, start, end: start + code.length, bare: true };
    }
  }
}

function isExpanded(quoting: Quoting | undefined): boolean {
  return quoting !== undefined && quoting !== "single";
}

/** Names count with and without `$`; the length `${#X}` is a number. */
function numbersOf(code: string, values: ShellValues, special: Charset): Control | undefined {
  const names =
    expandedIn(code, special)
      .replaceAll(/\$\{#[^}]*\}/g, "")
      .match(/[A-Za-z_]\w*/g) ?? [];
  return names
    .map((name) => withName(values.get(name), name))
    .find((control) => control?.level === "high" && !isHarmless(control, special));
}

function withName(control: Control | undefined, variable: string): Control | undefined {
  return control === undefined ? undefined : { ...control, variable };
}

/** In a number a name is looked up, and what it holds evaluated in turn; `${!X}` and `${X@P}` take a name, or a text, as it is. */
function specialAt(script: string, start: number): Charset {
  return /\$\{(?:!|\w+@P)/.test(script.slice(start - "${!".length, start + 100).split("}", 1)[0]!)
    ? codeChars
    : arithmeticChars;
}
