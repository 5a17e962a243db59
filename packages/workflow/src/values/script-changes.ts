import type { ShellCommand } from "../shell/commands.ts";
import { functionsIn, type ShellFunction } from "../shell/functions.ts";
import { loopInputs } from "../shell/loops.ts";
import { changesBy, type Change, type Shift } from "./changes.ts";

/** What the commands of a script do to its variables, and its functions; the same whatever the variables hold. */
export type ScriptChanges = {
  readonly changes: ReadonlyMap<ShellCommand, readonly (Change | Shift)[]>;
  readonly functions: readonly ShellFunction[];
  /** Functions are called by functions. */
  readonly nested: boolean;
};

/** Several rules follow the same script. */
const known = new WeakMap<readonly ShellCommand[], ScriptChanges>();

export function readChanges(script: string, commands: readonly ShellCommand[]): ScriptChanges {
  let found = known.get(commands);
  if (found === undefined) {
    const inputs = loopInputs(commands);
    const changes = new Map(
      commands.flatMap((command) => {
        const own = changesBy(command, inputs);
        return own.length === 0 ? [] : [[command, own] as const];
      }),
    );
    const functions = functionsIn(script, commands);
    const nested = functions.some(({ calls }) =>
      calls.some(({ at }) => functions.some(({ start, end }) => start <= at && at < end)),
    );
    known.set(commands, (found = { changes, functions, nested }));
  }
  return found;
}
