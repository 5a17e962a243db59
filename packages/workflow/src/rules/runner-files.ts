import { placeInScript } from "../file/script-place.ts";
import { stepScript } from "../file/step-script.ts";
import { isObeyed } from "../known/obeyed-names.ts";
import { checkAdvice } from "../mends/pattern-advice.ts";
import { severityOfControl } from "../values/control.ts";
import { stepScope } from "../values/scopes.ts";
import { codeChars, isHarmless, lineChars } from "../values/special-characters.ts";
import { stepWrites } from "../values/step-writes.ts";
import type { Rule } from "./rule.ts";

/**
 * What stands in GITHUB_ENV becomes environment of every later step, and GITHUB_PATH decides which programs they run. A value with a line break sets
 * LD_PRELOAD or BASH_ENV.
 */
export const runnerFiles: Rule = {
  id: "runner-files",
  title: "Caller's value written to GITHUB_ENV or GITHUB_PATH",
  severity: "error",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      for (const step of job.steps) {
        const written = stepWrites(file, job, step, stepScope(file, job, step));
        for (const { target, name, control, fenced, start, end } of written?.writes ?? []) {
          const sets_only_its_own = fenced === true && name !== undefined && !isObeyed(name);
          if (target === "GITHUB_OUTPUT") continue;
          if (target === "GITHUB_ENV" && (sets_only_its_own || isHarmless(control, lineChars))) continue;
          const effect =
            target === "GITHUB_PATH" ? "which programs later steps run" : "any environment variable of later steps";
          const language = stepScript(file, job, step)?.language ?? "bash";
          const check = checkAdvice(control, language, target === "GITHUB_PATH" ? codeChars : lineChars);
          const advice = target === "GITHUB_PATH" ? sentence(check) : `Pass it on as an output, or ${check}`;
          yield {
            message: `${control.through} is chosen by whoever starts the run; in ${target} it decides ${effect}. ${advice}`,
            place: placeInScript(file.source, written!.script, start, end),
            severity: severityOfControl[control.level],
          };
        }
      }
    }
  },
};

function sentence(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
