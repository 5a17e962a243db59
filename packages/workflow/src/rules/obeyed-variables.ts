import { setVariables } from "../dangers/set-variables.ts";
import type { Job, SkillFile, Step, Variable } from "../file/read.ts";
import { isObeyed } from "../known/obeyed-names.ts";
import { controlOfText, severityOfControl, type Scope } from "../values/control.ts";
import { scopesOf, stepScope } from "../values/scopes.ts";
import type { Finding, Rule } from "./rule.ts";
import { shellScript } from "./shell-script.ts";

/** Such a variable runs what it names, in every program of the job, without a script that mentions it. */
export const obeyedVariables: Rule = {
  id: "obeyed-variables",
  title: "Variable that programs obey",
  severity: "error",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      const { job: scope } = scopesOf(file).get(job)!;
      yield* checkVariables(file.env, scope);
      yield* checkVariables(job.env, scope);
      for (const step of job.steps) {
        yield* checkVariables(step.env, stepScope(file, job, step));
        yield* checkScript(file, job, step);
      }
    }
  },
};

function* checkVariables(variables: readonly Variable[], scope: Scope): Iterable<Finding> {
  for (const { key, value } of variables) {
    const name = key.value.toUpperCase();
    if (name === "ACTIONS_ALLOW_UNSECURE_COMMANDS" && /^(?:true|1)$/i.test(value.value.trim())) {
      yield {
        message: `${key.value} lets every line that a program prints set variables and the path of later steps; remove it.`,
        place: value.place,
      };
    }
    if (!isObeyed(name)) continue;
    const control = controlOfText(value.value, scope);
    if (control === undefined) continue;
    yield {
      message: `${control.through} is chosen by whoever starts the run, and programs run or load what ${key.value} names. Give it another name.`,
      place: value.place,
      severity: severityOfControl[control.level],
    };
  }
}

function* checkScript(file: SkillFile, job: Job, step: Step): Iterable<Finding> {
  const script = shellScript(file, job, step);
  if (script === undefined) return;
  for (const { name, control, ...stretch } of setVariables(script.text, script.scope)) {
    yield {
      message:
        name === undefined
          ? `${control.through} decides which variable is set, LD_PRELOAD and PATH among them. Name the variable, or match its name against a pattern first.`
          : `${control.through} is chosen by whoever starts the run, and programs run or load what ${name} names. Match it against a pattern first.`,
      place: script.placeOf(stretch),
    };
  }
}
