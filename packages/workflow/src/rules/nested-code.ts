import { severityOfControl, type Scope } from "../caller-control.ts";
import type { Job, SkillFile, Step } from "../read.ts";
import type { Rule } from "../rule.ts";
import { stepScope } from "../scopes.ts";
import { placeInScript } from "../script-place.ts";
import { codeInCmd, codeInPowerShell, codeInShell, type ShellCode } from "../shell-code.ts";

/** A variable is only text until a program is told to run it: then it is an injection again. */
export const nestedCode: Rule = {
  id: "nested-code",
  title: "Caller's value in code that a script runs",
  severity: "error",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      for (const step of job.steps) {
        if (step.run === undefined) continue;
        for (const { program, control, start, end } of codeIn(file, job, step, stepScope(file, job, step))) {
          yield {
            message: `${control.through} is chosen by whoever starts the run and becomes part of the code that ${program} runs. ${adviceFor(program)}`,
            place: placeInScript(file.source, step.run, start, end),
            severity: severityOfControl[control.level],
          };
        }
      }
    }
  },
};

/** What to write instead, in the words of the program that would run the value. */
function adviceFor(program: string): string {
  const way = ways.find(([name]) => name.test(program))?.[1];
  return `${way ?? "Hand it over as an argument or a variable of that program"}, or match it against a pattern first.`;
}

const ways: readonly (readonly [name: RegExp, way: string])[] = [
  [/^(?:ba|da|z|k|a)?sh$/, `Hand it over behind the code, which stands in single quotes: sh -c '… "$1"' _ "$VALUE"`],
  [/^ssh$/, 'Quote it for the shell over there: ssh HOST command -- "$(printf %q "$VALUE")"'],
  [/^eval$/, 'Keep the command in an array and run that: command=(program "$VALUE"); "${command[@]}"'],
  [/^python/, `Hand it over behind the code: python3 -c 'import sys; … sys.argv[1]' "$VALUE"`],
  [/awk$/, `Hand it over as a variable: awk -v value="$VALUE" '… value'`],
  [/^psql$/, `Hand it over as a variable: psql --set "value=$VALUE", and :'value' in the query on standard input`],
];

function codeIn(file: SkillFile, job: Job, step: Step, scope: Scope): ShellCode[] {
  const script = step.run!.value;
  const shell = (step.shell ?? job.default_shell ?? file.default_shell)?.value.trim() ?? "bash";
  if (/^(?:\/\S*\/)?(?:ba)?sh(?:\s|$)/.test(shell)) return codeInShell(script, scope);
  if (/^(?:pwsh|powershell)\b/.test(shell)) return codeInPowerShell(script, scope);
  return /^cmd\b/.test(shell) ? codeInCmd(script, scope) : [];
}
