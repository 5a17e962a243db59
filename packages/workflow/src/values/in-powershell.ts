import { powershellGuards } from "../guards/powershell-guards.ts";
import { linesOf } from "../shell/lines.ts";
import { strongest, type Control, type Scope } from "./control.ts";
import { controlOfLoading, controlOfPart, wholeEvent } from "./event-file.ts";
import { controlOfShell, valuesAt, type ShellValues } from "./shell-variables.ts";

/** Follows what a caller chooses through the variables of a PowerShell script, line by line. What was checked is known from there on. */
export function valuesInPowerShell(script: string, scope: Scope): (at: number) => ShellValues {
  const guards = powershellGuards(script);
  const states: { at: number; values: ReadonlyMap<string, Control> }[] = [{ at: 0, values: scope.env }];
  for (const { text: line, start } of linesOf(script)) {
    const values = new Map(states.at(-1)!.values);
    const assigned = /^\s*\$(\w+)\s*=(?!\s*\[(?:int|long|double|bool)\])(.*)$/i.exec(line);
    const control =
      assigned === null ? undefined : controlInPowerShell(assigned[2]!, valuesAt(values, guards, start), scope);
    if (assigned !== null && control !== undefined) values.set(assigned[1]!, control);
    states.push({ at: start, values });
  }
  return (at) => valuesAt(states.findLast((state) => state.at <= at)!.values, guards, at);
}

export function controlInPowerShell(text: string, values: ShellValues, scope: Scope): Control | undefined {
  // `$($env:X)` puts out what is in it.
  const shown = controlOfShell(text.replaceAll(/\$\(\s*(?=\$)/g, "("), values, scope);
  const control = shown?.through === wholeEvent.through ? controlOfPart(text, scope.inputs) : shown;
  return strongest([control, controlOfLoading(text, scope.inputs)]);
}
