import { controlOfText, strongest, type Control, type Scope } from "./caller-control.ts";
import { assignmentIn, isKeyword } from "./shell-command-word.ts";
import { shellLevels, type ShellCommand, type ShellLevel } from "./shell-commands.ts";
import { ShellFlow } from "./shell-flow.ts";
import { endOfSpan } from "./shell-spans.ts";
import { controlOfShell } from "./shell-variables.ts";

/** The variables that carry a caller's value. */
export type ShellValues = ReadonlyMap<string, Control>;

/** From `at` on: the variables that were given a caller's value, and those of them that hold only what the script expects. */
type State = { readonly at: number; readonly given: ShellValues; readonly known: ReadonlySet<string> };

/**
 * Follows what a caller chooses through the variables of a script: assignments, `for`, and checks, in the branches of the script.
 *
 * @param counts whether a variable counts that holds the value anywhere, or only one that begins with it
 */
export function valuesIn(
  script: string,
  scope: Scope,
  counts: "anywhere" | "at the beginning" = "anywhere",
): (at: number) => ShellValues {
  const open: { to: number; states: readonly State[] }[] = [];
  const states: State[] = [];
  for (const level of shellLevels(script)) {
    while (open.length > 0 && open.at(-1)!.to < level.to) open.pop();
    const outer = open.at(-1)?.states ?? [{ at: 0, given: scope.env, known: new Set<string>() }];
    const own = statesOf(level, stateAt(outer, level.from), scope, counts);
    open.push({ to: level.to, states: own });
    states.push(...own);
    // Behind a substitution all is as it was in front of it.
    if (level.from > 0) states.push({ ...stateAt(outer, level.to), at: level.to });
  }
  states.sort((a, b) => a.at - b.at);
  return (at) => visible(stateAt(states, at));
}

/** Variables that are followed; what sets more than that is no script that a person wrote. */
const mostVariables = 500;

/** At the beginning of the level, and of each of its commands. */
function statesOf(level: ShellLevel, outer: State, scope: Scope, counts: "anywhere" | "at the beginning"): State[] {
  const states: State[] = [{ ...outer, at: level.from }];
  const flow = new ShellFlow(outer.known);
  let { given } = outer;
  for (const command of level.commands) {
    flow.enter(command);
    const state = { at: command.start, given, known: flow.here };
    states.push(state);
    const changed = new Map<string, boolean>();
    for (const { name, texts, adds } of assignmentsOf(command)) {
      if (adds && counts === "at the beginning") continue;
      const counted = counts === "anywhere" ? texts : texts.map(beginningOf);
      const control = controlOfTexts(counted, visible(state), scope);
      if (control !== undefined && given.size < mostVariables) given = new Map(given).set(name, control);
      if (given.has(name) && (control !== undefined || !adds)) changed.set(name, control === undefined);
    }
    flow.leave(command, changed);
  }
  return states;
}

function controlOfTexts(texts: readonly string[], values: ShellValues, scope: Scope): Control | undefined {
  return strongest(texts.flatMap((text) => [controlOfText(text, scope), controlOfShell(text, values, scope)]));
}

/** The last that begins at `at` or before. */
function stateAt(states: readonly State[], at: number): State {
  let [low, high] = [0, states.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (states[middle]!.at <= at) low = middle;
    else high = middle - 1;
  }
  return states[low]!;
}

function visible({ given, known }: State): ShellValues {
  return known.size === 0 ? given : new Map([...given].filter(([name]) => !known.has(name)));
}

/** The expansion that a word begins with, or the first word of a list does; empty where it begins with a text of its own. */
export function beginningOf(word: string): string {
  const begin = /^\(?\s*"?/.exec(word)![0].length;
  if (word[begin] !== "$") return "";
  const name = /^\$[A-Za-z_]\w*/.exec(word.slice(begin))?.[0];
  if (name !== undefined) return name;
  return word.slice(begin, endOfSpan(word, begin, word.length) ?? begin);
}

/** A variable that is to hold one of some texts, beside what it held if that only `adds`. */
type Assignment = { readonly name: string; readonly texts: readonly string[]; readonly adds: boolean };

function assignmentsOf({ words }: ShellCommand): Assignment[] {
  const [first, ...rest] = words.filter(({ text }) => !isKeyword(text)).map(({ text }) => text);
  if (first === undefined) return [];
  if (first === "for" || first === "select") {
    const [name, , ...texts] = rest;
    return name === undefined || texts.length === 0 ? [] : [{ name, texts, adds: false }];
  }
  const declares = /^(?:export|local|readonly|declare|typeset)$/.test(first);
  const found = (declares ? rest : [first, ...rest]).map(assignmentIn);
  // In front of a command they hold for that command alone.
  if (!declares && found.includes(undefined)) return [];
  return found.flatMap((assignment) =>
    assignment === undefined ? [] : [{ ...assignment, texts: [assignment.value] }],
  );
}
