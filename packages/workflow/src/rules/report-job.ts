import { reportScript } from "../contract-scripts.ts";
import { jobOf } from "../read.ts";
import { fileStart, type Rule } from "../rule.ts";
import { mayMintTokens } from "./claim-job.ts";

/** The last job brings the result; without it outputs are lost and the end is only found by polling. */
export const reportJob: Rule = {
  id: "report-job",
  title: "Report job missing or not last",
  severity: "error",
  *check({ file }) {
    if (jobOf(file, "execute") === undefined) {
      yield {
        message: "The job execute is missing: it does the work, and its result and outputs are what is reported.",
        place: fileStart,
      };
    }
    const report = jobOf(file, "report");
    if (report === undefined) {
      yield { message: "The job report is missing: it sends status and outputs to infraskill.", place: fileStart };
      return;
    }
    for (const needed of ["claim", "execute"]) {
      if (report.needs.some(({ value }) => value === needed)) continue;
      yield { message: `report must need ${needed}.`, place: report.needs[0]?.place ?? report.id.place };
    }
    if (report.if === undefined || !/\balways\s*\(\s*\)/i.test(report.if.value)) {
      yield {
        message: "report must have if: always(), else a failed execution is not reported.",
        place: report.if?.place ?? report.id.place,
      };
    }
    if (report.continue_on_error !== undefined && report.continue_on_error.value !== false) {
      yield {
        message: "A report that failed must show; remove continue-on-error.",
        place: report.continue_on_error.place,
      };
    }
    if (!mayMintTokens(report))
      yield {
        message: "report needs permissions: { id-token: write } to prove which run it is.",
        place: report.id.place,
      };
    for (const step of report.steps) {
      if (step.uses !== undefined) {
        yield {
          message: "report must not use actions: any step of it can take the token that proves the result.",
          place: step.uses.place,
        };
      }
    }
    if (!report.steps.some((step) => step.run?.value === reportScript)) {
      yield {
        message: "report does not run infraskill's script unchanged, so nothing shows that it delivers the result.",
        place: report.steps[0]?.run?.place ?? report.id.place,
        severity: "warning",
      };
    }
  },
};
