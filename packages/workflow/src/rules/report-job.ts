import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import { addEntry, replaceValue } from "../edit/splice.ts";
import { jobOf, type Job, type SkillFile, type Step } from "../file/read.ts";
import { pairOf, type Located } from "../file/source.ts";
import { fixBy } from "../mends/fix-by.ts";
import { reportCondition, reportJobOf, reportSteps, resultOfExecute } from "../skill/contract-jobs.ts";
import { reportScripts } from "../skill/contract-scripts.ts";
import { quoted } from "../skill/scalar.ts";
import { addNeed, grantTokens, runnerOf } from "./contract-job.ts";
import { checkContractSteps, type ContractSteps, restoreSteps } from "./contract-steps.ts";
import { fileStart, type Finding, type Rule } from "./rule.ts";

/** The last job brings the result; without it outputs are lost and the end is only found by polling. */
export const reportJob: Rule = {
  id: "report-job",
  title: "Report job missing or not last",
  severity: "error",
  contract: true,
  *check({ file, callback_mode }) {
    if (jobOf(file, "execute") === undefined) yield withoutExecute(file);
    const report = jobOf(file, "report");
    if (report === undefined) yield missing(file, callback_mode);
    else yield* checkReport(file, report, callback_mode);
  },
};

/** The only job of a file, which no other names, is the one that does the work. */
function withoutExecute({ source, jobs }: SkillFile): Finding {
  const work = jobs.filter(({ id }) => id.value !== "claim" && id.value !== "report");
  const [only] = work.length === 1 ? work : [];
  const id = only?.id.value ?? "";
  const isNamed =
    jobs.some(({ needs }) => needs.some(({ value }) => value === id)) || source.text.includes(`needs.${id}`);
  const missing = "The job execute is missing: it does the work, and its result and outputs are what is reported.";
  return {
    message:
      work.length === 0
        ? missing
        : `${missing} Name the job that does the work execute; claim and report go around it.`,
    place: only?.id.place ?? fileStart,
    fix:
      only === undefined || only.uses !== undefined || isNamed
        ? null
        : fixBy(`Name the job ${id} execute`, replaceValue(source, only.id.node, "execute")),
  };
}

function missing(file: SkillFile, mode: CallbackMode): Finding {
  const jobs = file.jobs.map(({ id }) => id.value);
  const needs = ["claim", ...jobs.filter((id) => id !== "claim")];
  // The report speaks of claim and execute: without them it would not parse.
  const edit =
    jobs.includes("claim") && jobs.includes("execute")
      ? addEntry(
          file.source,
          pairOf(file.source, file.root, "jobs")?.value,
          "report",
          reportJobOf(runnerOf(file), needs, mode),
        )
      : undefined;
  return {
    message: "The job report is missing: it sends status and outputs to infraskill.",
    place: fileStart,
    fix: fixBy("Add the job report", edit),
  };
}

function* checkReport(file: SkillFile, report: Job, mode: CallbackMode): Iterable<Finding> {
  const { source } = file;
  const others = file.jobs.map(({ id }) => id.value).filter((id) => id !== "report");
  for (const needed of new Set(["claim", "execute", ...others])) {
    if (report.needs.some(({ value }) => value === needed)) continue;
    yield {
      message: `report must need ${needed}: it runs last, and waits for every other job.`,
      place: report.needs[0]?.place ?? report.id.place,
      fix: others.includes(needed) ? fixBy(`Add ${needed} to its needs`, addNeed(file, report, needed)) : null,
    };
  }
  const condition = quoted(reportCondition);
  if (report.if === undefined || !/\balways\s*\(\s*\)/i.test(report.if.value)) {
    const edit =
      report.if === undefined
        ? addEntry(source, report.node, "if", condition, "needs")
        : replaceValue(source, report.if.node, condition);
    yield {
      message: "report must have if: always(), else a failed execution is not reported.",
      place: report.if?.place ?? report.id.place,
      fix: fixBy("Report every end", edit),
    };
  } else if (!everyEnd.has(normalised(report.if.value))) {
    yield {
      message: "report runs only where the rest of its condition holds; what it leaves out is found by polling alone.",
      place: report.if.place,
      severity: "warning",
      fix: fixBy("Report every end", replaceValue(source, report.if.node, condition)),
    };
  }
  yield* grantTokens(file, report, mode);
  yield* checkSteps(file, report, mode);
}

/** Conditions under which report runs whenever there is something to report. */
const everyEnd: ReadonlySet<string> = new Set(["always()", normalised(reportCondition)]);

function normalised(condition: string): string {
  return condition
    .replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1")
    .replaceAll(/[\s"]/g, "")
    .toLowerCase();
}

export const reportContract: ContractSteps = {
  scripts: reportScripts,
  steps: reportSteps,
  surplus:
    "report must do nothing but report: any other step can take the token that proves the result, and is not part of the result itself. Move it to a job before.",
};

/** It runs infraskill's script and nothing else, and tells what all jobs have come to. */
function* checkSteps(file: SkillFile, report: Job, mode: CallbackMode): Iterable<Finding> {
  const own = yield* checkContractSteps(file, report, mode, reportContract);
  const result = own === undefined ? undefined : resultOf(own);
  if (own === undefined || result?.value !== resultOfExecute) return;
  const beside = file.jobs.map(({ id }) => id.value).filter((id) => !["claim", "execute", "report"].includes(id));
  if (beside.length === 0) return;
  yield {
    message: `report tells the result of execute alone: a failure of ${beside.join(", ")} would be told as a success.`,
    place: result.place,
    fix: restoreSteps(file, report, mode, reportContract),
  };
}

/** The body that infraskill's step sends. */
export function resultOf(step: Step): Located<string> | undefined {
  return step.env.find(({ key }) => key.value === "RESULT")?.value;
}
