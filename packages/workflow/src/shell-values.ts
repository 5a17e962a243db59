import { strongest, type Control, type Scope } from "./caller-control.ts";
import { assignmentIn, isKeyword } from "./shell-command-word.ts";
import { shellLevels, type ShellCommand, type ShellLevel } from "./shell-commands.ts";
import { guardsIn, noGuards, type Guards } from "./shell-guards.ts";
import { endOfSpan } from "./shell-spans.ts";
import { literalOf } from "./shell-text.ts";
import { assignedControl, valuesAt, type ShellValues } from "./shell-variables.ts";

/** From `at` on the variables that were given a caller's value. */
type State = { readonly at: number; readonly given: ReadonlyMap<string, Control> };

/** Whether a variable counts that holds the value anywhere, or only one that begins with it. */
type Counts = "anywhere" | "at the beginning";
type ValuesAt = (at: number) => ShellValues;

/** Several rules ask about the same script of the same step. */
const followed = new WeakMap<Scope, Map<string, ValuesAt>>();

/**
 * Follows what a caller chooses through the variables of a script: assignments, `for`, and checks, in the branches of the script.
 */
export function valuesIn(script: string, scope: Scope, counts: Counts = "anywhere"): ValuesAt {
  let scripts = followed.get(scope);
  if (scripts === undefined) followed.set(scope, (scripts = new Map()));
  const key = `${counts}: ${script}`;
  let values = scripts.get(key);
  if (values === undefined) scripts.set(key, (values = follow(script, scope, counts)));
  return values;
}

function follow(script: string, scope: Scope, counts: Counts): ValuesAt {
  const guards = guardsIn(script, scope.survives_failure !== true);
  const open: { to: number; states: readonly State[] }[] = [];
  const states: State[] = [];
  for (const level of shellLevels(script)) {
    while (open.length > 0 && open.at(-1)!.to < level.to) open.pop();
    const outer = open.at(-1)?.states ?? [{ at: 0, given: scope.env }];
    const own = statesOf(level, stateAt(outer, level.from), guards, scope, counts);
    open.push({ to: level.to, states: own });
    states.push(...own);
    // Behind a substitution all is as it was in front of it.
    if (level.from > 0) states.push({ ...stateAt(outer, level.to), at: level.to });
  }
  states.sort((a, b) => a.at - b.at);
  return (at) => valuesAt(stateAt(states, at).given, guards, at);
}

/** Variables that are followed; what sets more than that is no script that a person wrote. */
const mostVariables = 500;

/** At the beginning of the level, and of each of its commands. */
function statesOf(level: ShellLevel, outer: State, guards: Guards, scope: Scope, counts: Counts): State[] {
  const states: State[] = [{ ...outer, at: level.from }];
  let { given } = outer;
  for (const command of level.commands) {
    const at = command.start;
    states.push({ at, given });
    const values = valuesAt(given, guards, at);
    for (const { name, texts, adds, literal } of assignmentsOf(command)) {
      if (adds && counts === "at the beginning") continue;
      const counted = counts === "anywhere" ? texts : texts.map(beginningOf);
      const control = strongest(counted.map((text) => assignedControl(text, values, scope)));
      if (control !== undefined && given.size < mostVariables) given = new Map(given).set(name, control);
      // On which ways a variable holds a text of the script, the guards know.
      else if (control === undefined && !adds && !(literal && guards !== noGuards) && given.has(name))
        given = without(given, name);
    }
  }
  return states;
}

function without(given: ReadonlyMap<string, Control>, name: string): ReadonlyMap<string, Control> {
  const left = new Map(given);
  left.delete(name);
  return left;
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

/** The expansion that a word begins with, or the first word of a list does; empty where it begins with a text of its own. */
export function beginningOf(word: string): string {
  const begin = /^\(?\s*"?/.exec(word)![0].length;
  if (word[begin] !== "$") return "";
  const name = /^\$[A-Za-z_]\w*/.exec(word.slice(begin))?.[0];
  if (name !== undefined) return name;
  return word.slice(begin, endOfSpan(word, begin, word.length) ?? begin);
}

/** A variable that is to hold one of some texts, beside what it held if that only `adds`; `literal`: a text that stands in the script. */
type Assignment = {
  readonly name: string;
  readonly texts: readonly string[];
  readonly adds: boolean;
  readonly literal: boolean;
};

function assignmentsOf({ words }: ShellCommand): Assignment[] {
  const [first, ...rest] = words.filter(({ text }) => !isKeyword(text)).map(({ text }) => text);
  if (first === undefined) return [];
  if (first === "for" || first === "select") {
    const [name, , ...texts] = rest;
    return name === undefined || texts.length === 0 ? [] : [{ name, texts, adds: false, literal: false }];
  }
  if (first === "printf" && rest[0] === "-v") {
    const [, name = "", ...texts] = rest;
    return [{ name, texts: [`$(printf ${texts.join(" ")})`], adds: false, literal: false }];
  }
  const declares = /^(?:export|local|readonly|declare|typeset)$/.test(first);
  const found = (declares ? rest : [first, ...rest]).map(assignmentIn);
  // In front of a command they hold for that command alone.
  if (!declares && found.includes(undefined)) return [];
  return found.flatMap((assignment) =>
    assignment === undefined
      ? []
      : [{ ...assignment, texts: [assignment.value], literal: literalOf(assignment.value) !== undefined }],
  );
}
