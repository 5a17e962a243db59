import type { Severity } from "@infraskill/contracts/diagnostic";
import { controlOf, scopeOf, type ControlLevel } from "../caller-control.ts";
import { findExpressions, parseExpression } from "../expression.ts";
import type { Job, SkillFile, Step } from "../read.ts";
import type { Finding, Rule } from "../rule.ts";
import type { Located } from "../source.ts";

/** Text that a caller chooses, pasted into code before a shell or an interpreter reads it. */
export const templateInjection: Rule = {
  id: "template-injection",
  title: "Caller-controlled expression in code",
  severity: "error",
  *check({ file }) {
    for (const job of file.jobs) {
      for (const step of job.steps) {
        for (const code of codeOf(file, job, step)) yield* checkCode(file, job, step, code);
      }
    }
  },
};

const severityOf = { high: "error", medium: "warning", low: "warning" } as const satisfies Record<
  ControlLevel,
  Severity
>;

type Code = { readonly text: Located<string>; readonly what: string };

function codeOf(file: SkillFile, job: Job, step: Step): Code[] {
  const code: Code[] = [];
  const add = (text: Located<string> | undefined, what: string) => text !== undefined && code.push({ text, what });
  add(step.run, "run");
  add(step.shell ?? (step.run === undefined ? undefined : (job.default_shell ?? file.default_shell)), "shell");
  add(step.working_directory, "working-directory");
  for (const { key, value } of step.with) {
    if (isScriptInput(step.uses?.value, key.value)) add(value, `with.${key.value}`);
  }
  return code;
}

/** Inputs of actions that are run as code. */
function isScriptInput(uses: string | undefined, input: string): boolean {
  if (uses === undefined) return false;
  const action = uses.split("@", 1)[0]!.toLowerCase();
  return scriptInputs.some(([name, field]) => name === action && field === input.toLowerCase());
}

const scriptInputs: readonly (readonly [action: string, input: string])[] = [
  ["actions/github-script", "script"],
  ["azure/cli", "inlinescript"],
  ["azure/powershell", "inlinescript"],
  ["appleboy/ssh-action", "script"],
  ["nick-fields/retry", "command"],
  ["addnab/docker-run-action", "run"],
];

function* checkCode(file: SkillFile, job: Job, step: Step, { text, what }: Code): Iterable<Finding> {
  const scope = scopeOf(file, job, step);
  for (const expression of findExpressions(file.source, text)) {
    const control = controlOf(parseExpression(expression.text), scope);
    if (control === undefined) continue;
    const severity = severityOf[control.level];
    yield {
      message: `${control.through} is chosen by whoever runs the skill and becomes part of the code in ${what}. Pass it through env and use the variable.`,
      place: expression.place,
      severity,
    };
  }
}
