import type { CallbackMode } from "@infraskill/contracts/callback-mode";
import { isMap } from "yaml";
import { addAbove, addEntry, block, hasAliases, removeEntry, replaceValue } from "../edit/splice.ts";
import { jobOf, type Job, type SkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import { fixBy } from "../mends/fix-by.ts";
import { claimJobOf, claimSteps } from "../skill/contract-jobs.ts";
import { claimScripts } from "../skill/contract-scripts.ts";
import { quoted } from "../skill/scalar.ts";
import { impliesClaim } from "../values/implies-claim.ts";
import { checkSharedVariables } from "./contract-extras.ts";
import { addNeed, grantTokens, runnerOf } from "./contract-job.ts";
import { checkContractSteps, type ContractSteps } from "./contract-steps.ts";
import { fileStart, type Finding, type Rule } from "./rule.ts";

export const claimContract: ContractSteps = {
  scripts: claimScripts,
  steps: claimSteps,
  surplus:
    "claim must do nothing but ask: what stands here acts before the answer, and can take the token that proves which run it is.",
};

/** The first job asks infraskill whether this run may act; without it a duplicate or a late run would act again. */
export const claimJob: Rule = {
  id: "claim-job",
  title: "Claim job missing or not first",
  severity: "error",
  contract: true,
  *check({ file, callback_mode }) {
    const claim = jobOf(file, "claim");
    if (claim === undefined) yield missing(file, callback_mode);
    else {
      yield* checkClaim(file, claim, callback_mode);
      yield* checkSharedVariables(file);
    }
    for (const job of file.jobs) {
      if (job.id.value === "claim") continue;
      if (!dependsOnClaim(file, job)) {
        yield {
          message: `${job.id.value} must need claim, directly or through another job: a refused run must not act.`,
          place: job.id.place,
          fix: claim === undefined ? null : fixBy("Add claim to its needs", addNeed(file, job, "claim")),
        };
      } else yield* checkCondition(file, job);
      if (job.id.value === "execute") yield* checkCancelled(file, job);
    }
  },
};

/** Offered only where the other jobs can follow: half of the contract is worth nothing. */
function missing(file: SkillFile, mode: CallbackMode): Finding {
  const { source } = file;
  const first = file.jobs[0]?.id.place;
  const jobs = pairOf(source, file.root, "jobs")?.value;
  const claim = claimJobOf(runnerOf(file), mode);
  const edit =
    first === undefined || hasAliases(source) || jobOf(file, "execute") === undefined
      ? undefined
      : isMap(jobs) && jobs.flow === true
        ? addEntry(source, jobs, "claim", claim)
        : addAbove(source, first.start, block({ claim }, first.column - 1));
  return {
    message: "The job claim is missing: it asks infraskill whether this run may act before anything happens.",
    place: fileStart,
    fix: fixBy("Add the job claim", edit),
  };
}

function* checkClaim(file: SkillFile, claim: Job, mode: CallbackMode): Iterable<Finding> {
  const { source } = file;
  if (claim.needs.length > 0) {
    yield {
      message: "claim must be the first job; it cannot need another.",
      place: claim.needs[0]!.place,
      fix: fixBy("Remove its needs", removeEntry(source, claim.node, "needs")),
    };
  }
  if (claim.if !== undefined) {
    yield {
      message: "claim must run always; remove its condition.",
      place: claim.if.place,
      fix: fixBy("Remove the condition", removeEntry(source, claim.node, "if")),
    };
  }
  yield* grantTokens(file, claim, mode);
  yield* checkContractSteps(file, claim, mode, claimContract);
}

/** A condition with always() and the like runs a job whose needs have failed. */
function* checkCondition(file: SkillFile, job: Job): Iterable<Finding> {
  if (job.if === undefined || impliesClaim(job.if.value)) {
    if (job.if === undefined || !/needs\s*\.\s*claim/i.test(job.if.value)) return;
    if (job.needs.some(({ value }) => value === "claim")) return;
    yield {
      message: `${job.id.value} asks for the result of claim without needing it: add claim to its needs.`,
      place: job.if.place,
      fix: fixBy("Add claim to its needs", addNeed(file, job, "claim")),
    };
    return;
  }
  const condition = job.if.value
    .trim()
    .replace(/^\$\{\{([\s\S]*)\}\}$/, "$1")
    .trim()
    .replaceAll(always, "!cancelled()");
  const isWhole = !condition.includes("${{");
  const guarded = `\${{ (${condition}) && needs.claim.result == 'success' }}`;
  yield {
    message: `${job.id.value} would run even when the claim is refused: add needs.claim.result == 'success' to its condition and claim to its needs.`,
    place: job.if.place,
    fix: isWhole ? fixBy("Run only after a claim", replaceValue(file.source, job.if.node, quoted(guarded))) : null,
  };
}

/** `always()` lets the work begin, or go on with its next step, after the execution was cancelled. */
function* checkCancelled(file: SkillFile, { if: condition }: Job): Iterable<Finding> {
  if (condition === undefined || !impliesClaim(condition.value) || condition.value.search(always) < 0) return;
  yield {
    message: "always() starts execute even when the execution was cancelled before; !cancelled() does not.",
    place: condition.place,
    severity: "info",
  };
}

const always = /\balways\s*\(\s*\)/gi;

function dependsOnClaim(file: SkillFile, job: Job): boolean {
  const seen = new Set<string>();
  const open = job.needs.map(({ value }) => value);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === "claim") return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(jobOf(file, id)?.needs.map(({ value }) => value) ?? []));
  }
  return false;
}
