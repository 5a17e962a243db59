import { addEntry, replaceValue } from "../edit/splice.ts";
import type { Job } from "../file/read.ts";
import { fixBy } from "../mends/fix-by.ts";
import type { Finding, Rule } from "./rule.ts";

/** Without it GitHub lets a job run for six hours. */
export const timeoutMinutes: Rule = {
  id: "timeout-minutes",
  title: "Job without timeout-minutes",
  severity: "warning",
  allowable: true,
  *check({ file }) {
    for (const job of file.jobs) {
      const { id, node, uses, timeout_minutes } = job;
      if (uses !== undefined) continue;
      if (timeout_minutes === undefined) {
        yield {
          message: `${id.value} has no timeout-minutes and could hang for six hours.`,
          place: id.place,
          fix: fixBy("End it after 30 minutes", addEntry(file.source, node, "timeout-minutes", 30, "runs-on")),
        };
      } else if (typeof timeout_minutes.value === "number") {
        const found = judge(job, timeout_minutes.value);
        if (found === undefined) continue;
        const { message, minutes } = found;
        yield {
          message,
          place: timeout_minutes.place,
          fix: fixBy(`End it after ${minutes} minutes`, replaceValue(file.source, timeout_minutes.node, minutes)),
        };
      }
    }
  },
};

/** Minutes GitHub lets a job run: https://docs.github.com/actions/reference/limits */
const longest = { hosted: 360, own: 7200 } as const;

function judge(job: Job, value: number): (Pick<Finding, "message"> & { minutes: number }) | undefined {
  if (!(value > 0)) return { message: "timeout-minutes must be more than 0.", minutes: 30 };
  if (isHosted(job)) {
    if (value <= longest.hosted) return undefined;
    return {
      message: `GitHub ends a job on its own runners after ${longest.hosted} minutes, so ${value} says more than it can keep. Write at most ${longest.hosted}, or run it on a runner of your own.`,
      minutes: longest.hosted,
    };
  }
  if (value <= longest.own) return undefined;
  return {
    message: `GitHub ends a job after ${longest.own} minutes (5 days) also on your own runners. Write at most ${longest.own}.`,
    minutes: longest.own,
  };
}

/** Whether every label is one of GitHub's; a label that is not known, or only when it runs, may be a runner of one's own. */
function isHosted({ runs_on }: Job): boolean {
  return (
    runs_on.length > 0 && runs_on.every(({ value }) => /^(?:ubuntu|windows|macos)-(?:latest|\d|slim)/i.test(value))
  );
}
