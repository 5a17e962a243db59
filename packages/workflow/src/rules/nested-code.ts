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
            message: `${control.through} is chosen by whoever starts the run and becomes part of the code that ${program} runs. Hand it over as an argument or a variable of that program, or match it against a pattern first.`,
            place: placeInScript(file.source, step.run, start, end),
            severity: severityOfControl[control.level],
          };
        }
      }
    }
  },
};

function codeIn(file: SkillFile, job: Job, step: Step, scope: Scope): ShellCode[] {
  const script = step.run!.value;
  const shell = (step.shell ?? job.default_shell ?? file.default_shell)?.value.trim() ?? "bash";
  if (/^(?:\/\S*\/)?(?:ba)?sh(?:\s|$)/.test(shell)) return codeInShell(script, scope);
  if (/^(?:pwsh|powershell)\b/.test(shell)) return codeInPowerShell(script, scope);
  return /^cmd\b/.test(shell) ? codeInCmd(script, scope) : [];
}
