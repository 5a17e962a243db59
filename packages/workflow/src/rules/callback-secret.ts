import { callbackSecretName } from "@infraskill/contracts/callback-mode";
import { subExpressions } from "../file/expression.ts";
import { fileExpressions } from "../file/file-expressions.ts";
import { jobOf, type SkillFile } from "../file/read.ts";
import { contractEnv } from "../skill/contract-jobs.ts";
import { claimScripts, reportScripts } from "../skill/contract-scripts.ts";
import { pathOf } from "../values/control.ts";
import { runsContractScript } from "./contract-steps.ts";
import type { Rule } from "./rule.ts";

/** With the secret that signs claims and results, any step could claim and report for any execution. */
export const callbackSecret: Rule = {
  id: "callback-secret",
  title: "infraskill's own secret used elsewhere",
  severity: "error",
  contract: true,
  *check({ file, callback_mode }) {
    const allowed = callback_mode === "hmac" ? placesOfProof(file) : new Set<number>();
    for (const { expr, place, value } of fileExpressions(file.source, /secrets/i)) {
      const named = [...subExpressions(expr)].some(({ expr: part }) => isCallbackSecret(pathOf(part)));
      if (!named || allowed.has(value.start)) continue;
      yield {
        message: `Only infraskill's own steps in claim and report may have ${callbackSecretName}: whoever has it can report any result.`,
        place,
      };
    }
  },
};

function isCallbackSecret(path: readonly string[] | undefined): boolean {
  return path?.join(".").toLowerCase() === `secrets.${callbackSecretName.toLowerCase()}`;
}

/** Where the unchanged steps of claim and report take their proof from. */
function placesOfProof(file: SkillFile): ReadonlySet<number> {
  const stepsOf = (id: "claim" | "report", script: string) => {
    const job = jobOf(file, id);
    return job?.steps.filter((step) => runsContractScript(file, job, step, script, contractEnv("hmac"))) ?? [];
  };
  const steps = [...stepsOf("claim", claimScripts.hmac), ...stepsOf("report", reportScripts.hmac)];
  const variables = steps.flatMap(({ env }) => env.filter(({ key }) => key.value === "CALLBACK_SECRET"));
  return new Set(variables.map(({ value }) => value.place.start));
}
