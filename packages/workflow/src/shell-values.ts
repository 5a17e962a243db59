import { controlOfText, strongest, type Control, type Scope } from "./caller-control.ts";
import { assignmentIn, isKeyword } from "./shell-command-word.ts";
import type { ShellCommand } from "./shell-commands.ts";
import { namesCheckedAt } from "./shell-guards.ts";
import { endOfSpan } from "./shell-spans.ts";
import { controlOfShell } from "./shell-variables.ts";

/** The variables that carry a caller's value. */
export type ShellValues = ReadonlyMap<string, Control>;

/**
 * Follows what a caller chooses through the variables of a script: assignments and `for`. Ask for places in their order. What was checked is known from
 * there on.
 *
 * @param counts whether a variable counts that holds the value anywhere, or only one that begins with it
 */
export function valuesIn(
  script: string,
  commands: readonly ShellCommand[],
  scope: Scope,
  counts: "anywhere" | "at the beginning" = "anywhere",
): (at: number) => ShellValues {
  const values = new Map(scope.env);
  const changes = [...checksIn(script), ...commands.flatMap(assignmentsOf)].sort((a, b) => a.at - b.at);
  const controlOf = (text: string) => strongest([controlOfText(text, scope), controlOfShell(text, values, scope)]);
  let done = 0;
  return (at) => {
    for (; done < changes.length && changes[done]!.at <= at; done++) {
      const { name, texts, adds } = changes[done]!;
      if (adds && counts === "at the beginning") continue;
      const control = strongest(texts.map((text) => controlOf(counts === "anywhere" ? text : beginningOf(text))));
      if (control !== undefined) values.set(name, control);
      else if (!adds) values.delete(name);
    }
    return values;
  };
}

/** The expansion that a word begins with, or the first word of a list does; empty where it begins with a text of its own. */
export function beginningOf(word: string): string {
  const begin = /^\(?\s*"?/.exec(word)![0].length;
  if (word[begin] !== "$") return "";
  const name = /^\$[A-Za-z_]\w*/.exec(word.slice(begin))?.[0];
  if (name !== undefined) return name;
  return word.slice(begin, endOfSpan(word, begin, word.length) ?? begin);
}

/** From `at` on a variable holds one of some texts, beside what it held if it only `adds`; without texts only what the script expects. */
type Change = { readonly at: number; readonly name: string; readonly texts: readonly string[]; readonly adds: boolean };

function* checksIn(script: string): Iterable<Change> {
  for (let at = 0; at >= 0; at = script.indexOf("\n", at) + 1 || -1)
    for (const name of namesCheckedAt(script, at)) yield { at, name, texts: [], adds: false };
}

function assignmentsOf({ words, end: at }: ShellCommand): Change[] {
  const [first, ...rest] = words.filter(({ text }) => !isKeyword(text)).map(({ text }) => text);
  if (first === undefined) return [];
  if (first === "for" || first === "select") {
    const [name, , ...texts] = rest;
    return name === undefined || texts.length === 0 ? [] : [{ at, name, texts, adds: false }];
  }
  const declares = /^(?:export|local|readonly|declare|typeset)$/.test(first);
  const found = (declares ? rest : [first, ...rest]).map(assignmentIn);
  // In front of a command they hold for that command alone.
  if (!declares && found.includes(undefined)) return [];
  return found.flatMap((assignment) =>
    assignment === undefined ? [] : [{ at, name: assignment.name, texts: [assignment.value], adds: assignment.adds }],
  );
}
