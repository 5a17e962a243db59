import { type CallbackMode, callbackModes } from "@infraskill/contracts/callback-mode";
import type { Edit } from "@infraskill/contracts/diagnostic";
import { isSeq } from "yaml";
import { proofs } from "../contract-proofs.ts";
import { jobOf, type Job, type SkillFile, type Step } from "../read.ts";
import { fixBy, type Finding } from "../rule.ts";
import { pairOf } from "../source.ts";
import { addEntry, addItem, replaceValue } from "../splice.ts";

// What the rules about claim and report share.

/** The labels on which the file's own job runs, for a contract job beside it. */
export function runnerOf(file: SkillFile): string | string[] {
  const labels = (jobOf(file, "execute") ?? file.jobs[0])?.runs_on.map(({ value }) => value) ?? [];
  const fixed = labels.length > 0 && labels.every((label) => !label.includes("${{"));
  return fixed ? (labels.length === 1 ? labels[0]! : labels) : "ubuntu-latest";
}

export function addNeed(file: SkillFile, job: Job, need: string): Edit | undefined {
  const { source } = file;
  const needs = pairOf(source, job.node, "needs")?.value;
  if (isSeq(needs)) return addItem(source, needs, need);
  const [single] = job.needs;
  if (single !== undefined) return replaceValue(source, single.node, [single.value, need]);
  return needs === undefined ? addEntry(source, job.node, "needs", need, "name") : undefined;
}

/** In the mode `oidc` a contract job proves which run it is by a token, and may do nothing else with it. */
export function* grantTokens(file: SkillFile, job: Job, mode: CallbackMode): Iterable<Finding> {
  const { source } = file;
  if (mode !== "oidc" || mayMintTokens(job)) return;
  const wanted = proofs.oidc.permissions;
  const edit =
    job.permissions === undefined
      ? addEntry(source, job.node, "permissions", wanted, "timeout-minutes")
      : job.permissions.scopes.length === 0
        ? replaceValue(source, job.permissions.node, wanted)
        : addEntry(source, job.permissions.node, "id-token", "write");
  yield {
    message: `${job.id.value} needs permissions: { id-token: write } to prove which run it is.`,
    place: job.id.place,
    fix: fixBy("Let it prove which run it is", edit),
  };
}

export function mayMintTokens(job: Job): boolean {
  return (
    job.permissions?.scopes.some(({ scope, access }) => scope.value === "id-token" && access.value === "write") ?? false
  );
}

/** What to say of a contract job that proves itself the way of another mode: its proof would be refused. */
function otherMode(job: Job, scripts: Readonly<Record<CallbackMode, string>>, mode: CallbackMode): string | undefined {
  const other = callbackModes.find((one) => one !== mode && job.steps.some((step) => step.run?.value === scripts[one]));
  if (other === undefined) return undefined;
  return `${job.id.value} is made for CALLBACK_MODE=${other}, but this infraskill has CALLBACK_MODE=${mode} and would refuse its proof.`;
}

/** Whether a step runs the script in bash, on its own condition, with the execution this run was started for. */
export function runsContractScript(
  file: SkillFile,
  job: Job,
  step: Step,
  script: string,
  env: Readonly<Record<string, string>>,
): boolean {
  if (step.run?.value !== script || step.if !== undefined) return false;
  const shell = step.shell ?? job.default_shell ?? file.default_shell;
  if (shell !== undefined && shell.value !== "bash") return false;
  return Object.entries(env).every(([name, value]) =>
    step.env.some((variable) => variable.key.value === name && variable.value.value === value),
  );
}

/** The step that is there for infraskill's script when none runs it as it must: the one with the script, else the first that is no action. */
export function meantStep(job: Job, script: string): Step | undefined {
  return job.steps.find((step) => step.run?.value === script) ?? job.steps.find((step) => step.uses === undefined);
}

/** What to say of a contract job without infraskill's own step. An own script is for the review to judge; the script bent from around it is an error. */
export function notOwn(
  job: Job,
  meant: Step | undefined,
  scripts: Readonly<Record<CallbackMode, string>>,
  mode: CallbackMode,
  purpose: string,
): Finding {
  const other = otherMode(job, scripts, mode);
  const bent = meant?.run?.value === scripts[mode];
  const id = job.id.value;
  return {
    message:
      other ??
      (bent
        ? `${id} runs infraskill's script with another condition, shell or variables than infraskill gives it, so it may not be this execution that it speaks for.`
        : `${id} does not run infraskill's script unchanged, so nothing shows that it ${purpose}.`),
    place: (meant ?? job.steps[0])?.run?.place ?? job.id.place,
    severity: other !== undefined || bent ? "error" : "warning",
  };
}
