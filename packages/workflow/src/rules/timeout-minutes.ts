import type { Rule } from "../rule.ts";

/** Without it GitHub lets a job run for six hours. */
export const timeoutMinutes: Rule = {
  id: "timeout-minutes",
  title: "Job without timeout-minutes",
  severity: "warning",
  *check({ file }) {
    for (const job of file.jobs) {
      if (job.uses !== undefined) continue;
      if (job.timeout_minutes === undefined) {
        yield { message: `${job.id.value} has no timeout-minutes and could hang for six hours.`, place: job.id.place };
      } else if (
        typeof job.timeout_minutes.value === "number" &&
        !(job.timeout_minutes.value > 0 && job.timeout_minutes.value <= 360)
      ) {
        yield { message: "timeout-minutes must be between 1 and 360.", place: job.timeout_minutes.place };
      }
    }
  },
};
