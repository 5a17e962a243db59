import { addEntry, replaceValue } from "../splice.ts";
import { fixBy, type Rule } from "../rule.ts";

/** Without it GitHub lets a job run for six hours. */
export const timeoutMinutes: Rule = {
  id: "timeout-minutes",
  title: "Job without timeout-minutes",
  severity: "warning",
  allowable: true,
  *check({ file }) {
    for (const { id, node, uses, timeout_minutes } of file.jobs) {
      if (uses !== undefined) continue;
      if (timeout_minutes === undefined) {
        yield {
          message: `${id.value} has no timeout-minutes and could hang for six hours.`,
          place: id.place,
          fix: fixBy("End it after 30 minutes", addEntry(file.source, node, "timeout-minutes", 30, "runs-on")),
        };
      } else if (
        typeof timeout_minutes.value === "number" &&
        !(timeout_minutes.value > 0 && timeout_minutes.value <= 360)
      ) {
        yield {
          message: "timeout-minutes must be between 1 and 360.",
          place: timeout_minutes.place,
          fix: fixBy("End it after 30 minutes", replaceValue(file.source, timeout_minutes.node, 30)),
        };
      }
    }
  },
};
