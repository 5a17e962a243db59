import type { Severity } from "@infraskill/contracts/diagnostic";
import { chosenPrograms } from "../dangers/chosen-programs.ts";
import { removedFolders } from "../dangers/removed-folders.ts";
import type { Job, SkillFile, Step } from "../file/read.ts";
import type { Located } from "../file/source.ts";
import { controlOfText, type Scope } from "../values/control.ts";
import { scopesOf, stepScope } from "../values/scopes.ts";
import type { Finding, Rule } from "./rule.ts";
import { shellScript } from "./shell-script.ts";

/** What was reviewed is this file; a caller who chooses the commit, the repository or the machine chooses what runs all the same. */
export const callerChoice: Rule = {
  id: "caller-choice",
  title: "Caller chooses the code, the program or the machine",
  severity: "error",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      const { job: scope } = scopesOf(file).get(job)!;
      for (const label of job.runs_on) {
        yield* chosen(
          label,
          scope,
          "warning",
          "on which machine this runs. Name the machine, or make the input a choice.",
        );
      }
      for (const step of job.steps) {
        yield* programs(file, job, step);
        if (step.uses?.value.toLowerCase().startsWith("actions/checkout@") !== true) continue;
        const own = stepScope(file, job, step);
        for (const { key, value } of step.with) {
          if (key.value === "repository")
            yield* chosen(value, own, "error", "which repository's code is there to run. Name the repository.");
          if (key.value === "ref")
            yield* chosen(
              value,
              own,
              "warning",
              "which commit's code is there to run, reviewed or not. Leave it out, or make the input a choice.",
            );
        }
      }
    }
  },
};

function* programs(file: SkillFile, job: Job, step: Step): Iterable<Finding> {
  const script = shellScript(file, job, step);
  if (script === undefined) return;
  for (const { control, what, ...stretch } of chosenPrograms(script.text, script.scope)) {
    yield {
      message: `${control.through} decides which ${what} runs. Name the ${what}, make the input a choice, or match it against those that are meant first.`,
      place: script.placeOf(stretch),
    };
  }
  for (const { control, ...stretch } of removedFolders(script.text, script.scope)) {
    yield {
      message: `${control.through} decides what is deleted; ".." in it leads out of any folder. Match it against a pattern first.`,
      place: script.placeOf(stretch),
      severity: "warning",
    };
  }
}

/** Options of a choice stand in the reviewed file. */
function* chosen(text: Located<string>, scope: Scope, severity: Severity, what: string): Iterable<Finding> {
  const control = controlOfText(text.value, scope);
  if (control === undefined || control.level === "low") return;
  yield { message: `${control.through} decides ${what}`, place: text.place, severity };
}
