import { contractInputs, maxInputs } from "../schema/fields.ts";
import type { Rule } from "./rule.ts";

/** With 26 inputs GitHub does not read the file at all. */
export const tooManyInputs: Rule = {
  id: "too-many-inputs",
  title: "Too many inputs",
  severity: "error",
  contract: true,
  *check({ file }) {
    const own = file.inputs.filter((input) => !contractInputs.some((name) => name === input.name.value));
    if (own.length <= maxInputs) return;
    yield {
      message: `${own.length} inputs; a skill has at most ${maxInputs}, because GitHub allows 25 and infraskill needs 2.`,
      place: own[maxInputs]!.name.place,
    };
  },
};
