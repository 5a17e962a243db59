import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import { jobOf, type Job, type SkillFile } from "../file/read.ts";
import { resultBody, resultOfExecute } from "../skill/contract-jobs.ts";
import { claimContract } from "./claim-job.ts";
import { contractStep, type ContractSteps, howBent, meantStep, restoreSteps } from "./contract-steps.ts";
import { reportContract, resultOf } from "./report-job.ts";
import type { Finding, Rule } from "./rule.ts";

/** That a run claims, and tells the truth about its end, is known of infraskill's own script; of any other it has to be reviewed. */
export const contractScript: Rule = {
  id: "contract-script",
  title: "Claim or report by another script",
  severity: "error",
  contract: true,
  allowable: true,
  *check({ file, callback_mode }) {
    const claim = jobOf(file, "claim");
    const report = jobOf(file, "report");
    if (claim !== undefined) yield* checkScript(file, claim, callback_mode, claimContract, "claims the execution");
    if (report === undefined) return;
    yield* checkScript(file, report, callback_mode, reportContract, "delivers the result");
    yield* checkResult(file, report, callback_mode);
  },
};

function* checkScript(
  file: SkillFile,
  job: Job,
  mode: CallbackMode,
  contract: ContractSteps,
  purpose: string,
): Iterable<Finding> {
  if (contractStep(file, job, mode, contract) !== undefined || howBent(job, mode, contract) !== undefined) return;
  const meant = meantStep(job, contract.scripts[mode]) ?? job.steps[0];
  yield {
    message: `${job.id.value} does not run infraskill's script unchanged, so nothing shows that it ${purpose}. Put it back, or say in a comment what does the same.`,
    place: meant?.run?.place ?? job.id.place,
    fix: restoreSteps(file, job, mode, contract),
  };
}

function* checkResult(file: SkillFile, report: Job, mode: CallbackMode): Iterable<Finding> {
  const step = contractStep(file, report, mode, reportContract);
  if (step === undefined) return;
  const result = resultOf(step);
  if (result?.value === resultBody || result?.value === resultOfExecute) return;
  yield {
    message:
      "report does not send what infraskill's own report sends, so nothing shows that it tells the truth. Put it back, or say in a comment what does the same.",
    place: result?.place ?? step.place,
    fix: restoreSteps(file, report, mode, reportContract),
  };
}
