import { optionWords, type OptionWord } from "../dangers/option-words.ts";
import type { Rule } from "./rule.ts";
import { placeInScript } from "../file/script-place.ts";
import { stepScope } from "../values/scopes.ts";
import { stepScript } from "../file/step-script.ts";

/** A program cannot tell a caller's word from an option that the author wrote. */
export const optionInjection: Rule = {
  id: "option-injection",
  title: "Caller's value that a program may take for an option",
  severity: "warning",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      for (const step of job.steps) {
        const { script, language } = stepScript(file, job, step) ?? {};
        if (script === undefined || (language !== "bash" && language !== "sh")) continue;
        for (const word of optionWords(script.value, stepScope(file, job, step)))
          yield { message: messageFor(word), place: placeInScript(file.source, script, word.start, word.end) };
      }
    }
  },
};

function messageFor({ program, option, control, split }: OptionWord): string {
  return split
    ? `${control.through} falls into words here, and each may be an option of ${program}: ${option}. Put it in quotes, or let the script choose the options.`
    : `${control.through} is an option of ${program} when it begins with a hyphen: ${option}. Put -- in front of it where ${program} takes that, or match it against a pattern first.`;
}
