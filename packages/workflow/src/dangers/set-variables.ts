import { isObeyed } from "../known/obeyed-names.ts";
import { assignmentIn, isKeyword, programAt } from "../shell/command-word.ts";
import { shellCommands, type ShellCommand, type ShellWord } from "../shell/commands.ts";
import type { Control, Scope } from "../values/control.ts";
import { mayHoldValues } from "../values/event-file.ts";
import { uncheckedValues, type UncheckedValues } from "../values/unchecked-values.ts";

/** A variable of programs that a script sets by a caller's text; without a name the caller chooses that as well. Offsets are in the script. */
type SetVariable = {
  readonly name: string | undefined;
  readonly control: Control;
  readonly start: number;
  readonly end: number;
};

/** `export GIT_SSH_COMMAND="ssh -p $X"`, `NODE_OPTIONS="$X" node …`, `export PATH="$X:$PATH"`, and `export "$X"`. */
export function setVariables(script: string, scope: Scope): SetVariable[] {
  if (!mayHoldValues(script, scope) || !maySet.test(script)) return [];
  const commands = shellCommands(script);
  const values = uncheckedValues(script, scope);
  const found: SetVariable[] = [];
  for (const command of commands) {
    for (const { text, start, end } of settingsOf(command)) {
      const assignment = assignmentIn(text);
      const control =
        assignment === undefined
          ? values.atBeginning(command, text)
          : controlOfSetting(values, command, assignment.name, assignment.value);
      if (control !== undefined) found.push({ name: assignment?.name, control, start, end });
    }
  }
  return found;
}

/** Without any of these a script need not be read. */
const maySet =
  /\bexport\s+["']?\$|(?:COMMAND|EDITOR|VISUAL|PAGER|ASKPASS|OPTIONS|OPTS?|FLAGS|SSH|RSH|PATH|PRELOAD|KUBECONFIG|BASH_ENV|WRAPPER|BROWSER)=/;

/** Programs run these with a shell, or split them into options. */
const orders =
  /^(?:\w+_(?:COMMAND|EDITOR|PAGER|ASKPASS|OPTIONS|OPTS|RSH|WRAPPER)|(?:EDITOR|VISUAL|PAGER|MANPAGER|BROWSER|GIT_SSH|RUBYOPT|PERL5OPT|MAKEFLAGS))$/;
const runBySomeone =
  /^(?:KUBE_EDITOR|RSYNC_RSH|CVS_RSH|GIT_SEQUENCE_EDITOR|SUDO_ASKPASS|SYSTEMD_EDITOR|PSQL_PAGER|MANPAGER)$/;

/** An order with the value anywhere in it; of folders and files only one that begins with it. */
function controlOfSetting(
  values: UncheckedValues,
  command: ShellCommand,
  name: string,
  value: string,
): Control | undefined {
  if (orders.test(name) && (isObeyed(name) || runBySomeone.test(name))) return values.anywhere(command, value);
  if (!isObeyed(name) || /^(?:IFS|ENV|PS4|CDPATH)$/.test(name)) return undefined;
  const parts = value.replaceAll(/^"|"$/g, "").split(/:(?![^{]*\})/);
  return parts.map((part) => values.atBeginning(command, part)).find((control) => control !== undefined);
}

/** Words that set a variable of programs: behind `export`, in front of a command, and those that are exported already. */
function settingsOf({ words }: ShellCommand): readonly ShellWord[] {
  const own = words.filter(({ text }) => !isKeyword(text));
  const [first, ...rest] = own;
  if (first?.text === "export" || (first?.text === "declare" && rest[0]?.text === "-x"))
    return rest.filter(
      ({ text }) => !text.startsWith("-") && (first.text === "export" || assignmentIn(text) !== undefined),
    );
  const program = programAt(words);
  const before = program < 0 ? words : words.slice(0, program);
  return before.filter(({ text }) => {
    const name = assignmentIn(text)?.name;
    return name !== undefined && (program >= 0 || name === "PATH");
  });
}
