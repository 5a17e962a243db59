import { stepScope } from "../scopes.ts";
import { shellWrites } from "../shell-writes.ts";
import { isBlockScalar, placeAt, type Located, type Place, type Source } from "../source.ts";
import { severityOfControl } from "../caller-control.ts";
import type { Rule } from "../rule.ts";

/**
 * What stands in GITHUB_ENV becomes environment of every later step, and GITHUB_PATH decides which programs they run. A value with a line break sets
 * LD_PRELOAD, BASH_ENV or NODE_OPTIONS.
 */
export const runnerFiles: Rule = {
  id: "runner-files",
  title: "Caller's value written to GITHUB_ENV or GITHUB_PATH",
  severity: "error",
  *check({ file }) {
    for (const job of file.jobs) {
      for (const step of job.steps) {
        if (step.run === undefined) continue;
        for (const { target, control, start, end } of shellWrites(step.run.value, stepScope(file, job, step))) {
          if (target === "GITHUB_OUTPUT") continue;
          const effect =
            target === "GITHUB_PATH" ? "which programs later steps run" : "any environment variable of later steps";
          yield {
            message: `${control.through} is chosen by whoever runs the skill; in ${target} it decides ${effect}. Match it against a pattern first, or pass it on as an output.`,
            place: placeOfLine(file.source, step.run, start, end),
            severity: severityOfControl[control.level],
          };
        }
      }
    }
  },
};

/** The place of a line of a script, in the file: a block's lines stand there as they are, but for the indentation. */
function placeOfLine(source: Source, run: Located<string>, start: number, end: number): Place {
  if (!isBlockScalar(run.node)) return run.place;
  const line = run.value.slice(start, end);
  const skipped = run.value.slice(0, start).split(line).length - 1;
  let at = run.place.start - 1;
  for (let i = 0; i <= skipped; i++) at = source.text.indexOf(line, at + 1);
  return at < 0 || at > run.place.end ? run.place : placeAt(source, at, at + line.length);
}
