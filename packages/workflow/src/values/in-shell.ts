import { guardsIn, noGuards, type Guards } from "../guards/shell-guards.ts";
import { shellCommands, shellLevels, type ShellLevel } from "../shell/commands.ts";
import type { ShellFunction } from "../shell/functions.ts";
import { endOfSpan } from "../shell/spans.ts";
import { strongest, type Control, type Scope } from "./control.ts";
import { isParameter, joined, parametersOf, shifted, withParameters } from "./parameters.ts";
import { readChanges, type ScriptChanges } from "./script-changes.ts";
import { assignedControl, valuesAt, type ShellValues } from "./shell-variables.ts";

/** From `at` on the variables that were given a caller's value. */
type State = { readonly at: number; readonly given: ReadonlyMap<string, Control> };

/** Whether a variable counts that holds the value anywhere, or only one that begins with it. */
type Counts = "anywhere" | "at the beginning";
type ValuesAt = (at: number) => ShellValues;

/** Several rules ask about the same script of the same step. */
const followed: Readonly<Record<Counts, WeakMap<Scope, Map<string, ValuesAt>>>> = {
  anywhere: new WeakMap(),
  "at the beginning": new WeakMap(),
};

/**
 * Follows what a caller chooses through the variables of a script: assignments, loops, what is read, arguments of functions, and
 * checks, in the branches of the script.
 */
export function valuesIn(script: string, scope: Scope, counts: Counts = "anywhere"): ValuesAt {
  let scripts = followed[counts].get(scope);
  if (scripts === undefined) followed[counts].set(scope, (scripts = new Map()));
  let values = scripts.get(script);
  if (values === undefined) scripts.set(script, (values = follow(script, scope, counts)));
  return values;
}

function follow(script: string, scope: Scope, counts: Counts): ValuesAt {
  const guards = guardsIn(script, scope.survives_failure !== true);
  const { changes, functions, nested } = readChanges(script, shellCommands(script));
  const reading: Reading = { guards, changes, functions, scope, counts };
  let values = followWith(script, reading, new Map());
  // Once more for functions that call functions.
  for (let round = 0; round < (nested ? 2 : 1); round++) {
    const arguments_of = argumentsIn(reading, values);
    if ([...arguments_of.values()].every((controls) => controls.every((control) => control === undefined))) break;
    values = followWith(script, reading, arguments_of);
  }
  return values;
}

/** What does not change while a script is followed. */
type Reading = {
  readonly guards: Guards;
  readonly changes: ScriptChanges["changes"];
  readonly functions: readonly ShellFunction[];
  readonly scope: Scope;
  readonly counts: Counts;
};

/** What functions are given by all the places that call them. */
type ArgumentsOf = ReadonlyMap<ShellFunction, readonly (Control | undefined)[]>;

function argumentsIn({ functions, scope, counts }: Reading, values: ValuesAt): ArgumentsOf {
  return new Map(
    functions.map((each) => {
      const given = each.calls.map(({ at, words }) =>
        parametersOf(words).map(({ texts }) => held(texts, values(at), scope, counts)),
      );
      return [each, given[0]!.map((_, index) => strongest(given.map((controls) => controls[index])))];
    }),
  );
}

function followWith(script: string, reading: Reading, arguments_of: ArgumentsOf): ValuesAt {
  const open: { to: number; states: readonly State[] }[] = [];
  const states: State[] = [];
  for (const level of shellLevels(script)) {
    while (open.length > 0 && open.at(-1)!.to < level.to) open.pop();
    const outer = open.at(-1)?.states ?? [{ at: 0, given: reading.scope.env }];
    const own = statesOf(level, stateAt(outer, level.from), reading, level.from > 0 ? new Map() : arguments_of);
    open.push({ to: level.to, states: own });
    states.push(...own);
    // Behind a substitution all is as it was in front of it.
    if (level.from > 0) states.push({ ...stateAt(outer, level.to), at: level.to });
  }
  states.sort((a, b) => a.at - b.at);
  return (at) => valuesAt(stateAt(states, at).given, reading.guards, at);
}

/** Variables that are followed; what sets more than that is no script that a person wrote. */
const mostVariables = 500;

/** At the beginning of the level, and of each of its commands. */
function statesOf(level: ShellLevel, outer: State, reading: Reading, arguments_of: ArgumentsOf): State[] {
  const { guards, changes, scope, counts } = reading;
  const whole = counts === "anywhere";
  const bodies = bodiesOf(arguments_of, whole);
  const states: State[] = [{ ...outer, at: level.from }];
  let { given } = outer;
  for (const command of level.commands) {
    const at = command.start;
    while (bodies[0] !== undefined && bodies[0].at <= at) given = bodies.shift()!.change(given);
    states.push({ at, given });
    const values = valuesAt(given, guards, at);
    for (const change of changes.get(command) ?? []) {
      if ("by" in change) {
        given = shifted(given, change.by, whole);
        continue;
      }
      const { name, texts, adds, literal } = change;
      if (adds && !whole) continue;
      const control = held(texts, values, scope, counts);
      if (control !== undefined && given.size < mostVariables) given = new Map(given).set(name, control);
      // On which ways a variable holds a text of the script, the guards know.
      else if (control === undefined && !adds && !(literal && guards !== noGuards) && given.has(name))
        given = without(given, [name]);
      if (isParameter(name)) given = joined(given, whole);
    }
  }
  return states;
}

/** What begins to count where the body of a function begins, and ends with it. */
function bodiesOf(arguments_of: ArgumentsOf, whole: boolean) {
  return [...arguments_of]
    .flatMap(([{ start, end, locals }, controls]) => [
      { at: start, change: (given: State["given"]) => withParameters(given, controls, whole) },
      { at: end, change: (given: State["given"]) => without(withParameters(given, [], whole), locals) },
    ])
    .sort((a, b) => a.at - b.at);
}

function held(texts: readonly string[], values: ShellValues, scope: Scope, counts: Counts): Control | undefined {
  const counted = counts === "anywhere" ? texts : texts.map(beginningOf);
  return strongest(counted.map((text) => assignedControl(text, values, scope)));
}

function without(given: ReadonlyMap<string, Control>, names: readonly string[]): ReadonlyMap<string, Control> {
  const left = new Map(given);
  for (const name of names) left.delete(name);
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
  const name = /^\$(?:[A-Za-z_]\w*|[1-9@*])/.exec(word.slice(begin))?.[0];
  if (name !== undefined) return name;
  return word.slice(begin, endOfSpan(word, begin, word.length) ?? begin);
}
