import { optionWords, type OptionWord } from "../dangers/option-words.ts";
import type { Rule } from "./rule.ts";
import { shellScript } from "./shell-script.ts";

/** A program cannot tell a caller's word from an option that the author wrote. */
export const optionInjection: Rule = {
  id: "option-injection",
  title: "Caller's value that a program may take for an option",
  severity: "warning",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      for (const step of job.steps) {
        const script = shellScript(file, job, step);
        if (script === undefined) continue;
        for (const word of optionWords(script.text, script.scope))
          yield { message: messageFor(word), place: script.placeOf(word) };
      }
    }
  },
};

function messageFor({ program, option, control, split }: OptionWord): string {
  return split
    ? `${control.through} falls into words here, and each may be an option of ${program}: ${option}. Put it in quotes, or let the script choose the options.`
    : `${control.through} is an option of ${program} when it begins with a hyphen: ${option}. Put -- in front of it where ${program} takes that, or match it against a pattern first.`;
}
