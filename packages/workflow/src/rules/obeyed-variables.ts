import { controlOfText, severityOfControl, type Scope } from "../caller-control.ts";
import { isObeyed } from "../obeyed-names.ts";
import type { Variable } from "../read.ts";
import type { Finding, Rule } from "../rule.ts";
import { scopesOf, stepScope } from "../scopes.ts";

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
      for (const step of job.steps) yield* checkVariables(step.env, stepScope(file, job, step));
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
