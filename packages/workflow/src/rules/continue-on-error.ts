import { removeEntry } from "../edit/splice.ts";
import { jobOf } from "../file/read.ts";
import { fixBy } from "../mends/fix-by.ts";
import type { Rule } from "./rule.ts";

/** A contract job that may fail quietly would act without a claim, or report what did not happen. */
export const continueOnError: Rule = {
  id: "continue-on-error",
  title: "continue-on-error on a contract job",
  severity: "error",
  contract: true,
  *check({ file }) {
    for (const [id, consequence] of consequences) {
      const job = jobOf(file, id);
      if (job === undefined) continue;
      const settings = [job, ...(id === "execute" ? [] : job.steps)];
      for (const { continue_on_error, node } of settings) {
        if (continue_on_error === undefined || continue_on_error.value === false) continue;
        yield {
          message: `${consequence}; remove continue-on-error.`,
          place: continue_on_error.place,
          fix: fixBy("Remove continue-on-error", removeEntry(file.source, node, "continue-on-error")),
        };
      }
    }
  },
};

const consequences = [
  ["claim", "A refused claim must end the run"],
  ["execute", "A failed execution would be reported as a success"],
  ["report", "A report that failed must show"],
] as const;
