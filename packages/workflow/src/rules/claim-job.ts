import { claimScript } from "../contract-scripts.ts";
import { jobOf, type Job, type SkillFile } from "../read.ts";
import { fileStart, type Rule } from "../rule.ts";

/** The first job asks infraskill whether this run may act; without it a duplicate or a late run would act again. */
export const claimJob: Rule = {
  id: "claim-job",
  title: "Claim job missing or not first",
  severity: "error",
  *check({ file }) {
    const claim = jobOf(file, "claim");
    if (claim === undefined) {
      yield {
        message: "The job claim is missing: it asks infraskill whether this run may act before anything happens.",
        place: fileStart,
      };
      return;
    }
    if (claim.needs.length > 0)
      yield { message: "claim must be the first job; it cannot need another.", place: claim.needs[0]!.place };
    if (claim.if !== undefined)
      yield { message: "claim must run always; remove its condition.", place: claim.if.place };
    if (claim.continue_on_error !== undefined && claim.continue_on_error.value !== false) {
      yield {
        message: "A refused claim must end the run; remove continue-on-error.",
        place: claim.continue_on_error.place,
      };
    }
    if (!mayMintTokens(claim))
      yield {
        message: "claim needs permissions: { id-token: write } to prove which run it is.",
        place: claim.id.place,
      };
    if (!claim.steps.some((step) => step.run?.value === claimScript)) {
      yield {
        message: "claim does not run infraskill's script unchanged, so nothing shows that it claims the execution.",
        place: claim.steps[0]?.run?.place ?? claim.id.place,
        severity: "warning",
      };
    }
    for (const job of file.jobs) {
      if (job.id.value === "claim" || dependsOnClaim(file, job)) continue;
      yield {
        message: `${job.id.value} must need claim, directly or through another job: a refused run must not act.`,
        place: job.id.place,
      };
    }
    for (const job of file.jobs) {
      if (job.id.value === "claim" || job.if === undefined || !/\b(always|failure|cancelled)\s*\(/i.test(job.if.value))
        continue;
      if (
        /needs\s*\.\s*claim\s*\.\s*result\s*==\s*'success'/i.test(job.if.value) &&
        job.needs.some(({ value }) => value === "claim")
      )
        continue;
      yield {
        message: `${job.id.value} would run even when the claim is refused: add needs.claim.result == 'success' to its condition and claim to its needs.`,
        place: job.if.place,
      };
    }
  },
};

export function mayMintTokens(job: Job): boolean {
  return (
    job.permissions?.scopes.some(({ scope, access }) => scope.value === "id-token" && access.value === "write") ?? false
  );
}

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
