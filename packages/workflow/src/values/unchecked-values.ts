import type { Charset } from "../chars/charset.ts";
import { comparedNames } from "../guards/compared-names.ts";
import type { ShellCommand } from "../shell/commands.ts";
import { expansionsIn } from "../shell/expansions.ts";
import type { Control, Scope } from "./control.ts";
import { beginningOf, valuesIn } from "./in-shell.ts";
import { controlOfShell, type ShellValues } from "./shell-variables.ts";

/** Which text of a caller's a word holds anywhere, or begins with, where no comparison has looked at it. */
export type UncheckedValues = {
  /** @param special the characters that matter, when not those of code */
  readonly anywhere: (command: ShellCommand, text: string, special?: Charset) => Control | undefined;
  readonly atBeginning: (command: ShellCommand, text: string) => Control | undefined;
};

export function uncheckedValues(script: string, scope: Scope): UncheckedValues {
  let scripts = known.get(scope);
  if (scripts === undefined) known.set(scope, (scripts = new Map()));
  let values = scripts.get(script);
  if (values === undefined) scripts.set(script, (values = readWhenAsked(script, scope)));
  return values;
}

/** Several rules ask about the same script of the same step. */
const known = new WeakMap<Scope, Map<string, UncheckedValues>>();

function readWhenAsked(script: string, scope: Scope): UncheckedValues {
  let read: ReturnType<typeof valuesUnchecked> | undefined;
  const values = () => (read ??= valuesUnchecked(script, scope));
  return {
    anywhere: (command, text, special) =>
      text.includes("$") ? values().controlOf(text, values().anywhere(command.start), special) : undefined,
    atBeginning: (command, text) => {
      const part = beginningOf(text);
      return part === "" ? undefined : values().controlOf(part, values().atBeginning(command.start));
    },
  };
}

function valuesUnchecked(script: string, scope: Scope) {
  const compared = comparedNames(script);
  const env = [...scope.env].filter(([name]) => !compared.has(name));
  const unchecked = env.length === scope.env.size ? scope : { ...scope, env: new Map(env) };
  return {
    anywhere: (at: number) => valuesIn(script, unchecked)(at),
    atBeginning: (at: number) => valuesIn(script, unchecked, "at the beginning")(at),
    controlOf(text: string, values: ShellValues, special?: Charset): Control | undefined {
      // What is taken away from the text may be what harms.
      for (const { name, operation } of expansionsIn(text))
        if (compared.has(name) || /^[#/]/.test(operation)) return undefined;
      const control = controlOfShell(text, values, unchecked, special);
      return control?.level === "high" ? control : undefined;
    },
  };
}
