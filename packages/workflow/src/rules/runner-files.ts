import { isObeyed } from "../obeyed-names.ts";
import { stepScope } from "../scopes.ts";
import { placeInScript } from "../script-place.ts";
import { stepWrites } from "../script-writes.ts";
import { severityOfControl } from "../caller-control.ts";
import type { Rule } from "../rule.ts";

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
          if (target === "GITHUB_OUTPUT" || (target === "GITHUB_ENV" && sets_only_its_own)) continue;
          const effect =
            target === "GITHUB_PATH" ? "which programs later steps run" : "any environment variable of later steps";
          yield {
            message: `${control.through} is chosen by whoever starts the run; in ${target} it decides ${effect}. Match it against a pattern first, or pass it on as an output.`,
            place: placeInScript(file.source, written!.script, start, end),
            severity: severityOfControl[control.level],
          };
        }
      }
    }
  },
};
