import { type CallbackMode, callbackModes } from "@infraskill/contracts/callback-mode";
import type { Fix } from "@infraskill/contracts/diagnostic";
import { addEntry, replaceByBlock } from "../edit/splice.ts";
import type { Job, SkillFile, Step } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import { fixBy } from "../mends/fix-by.ts";
import { contractEnv } from "../skill/contract-jobs.ts";
import { checkExtras } from "./contract-extras.ts";
import type { Finding } from "./rule.ts";

/** What a contract job must run, and how to speak of what it runs instead. */
export type ContractSteps = {
  readonly scripts: Readonly<Record<CallbackMode, string>>;
  readonly steps: (mode: CallbackMode) => readonly object[];
  /** What is wrong with any other step. */
  readonly surplus: string;
};

/** A contract job runs infraskill's step as it was written, and nothing else. @returns that step, where it is there */
export function* checkContractSteps(
  file: SkillFile,
  job: Job,
  mode: CallbackMode,
  contract: ContractSteps,
): Generator<Finding, Step | undefined> {
  const { scripts, surplus } = contract;
  const own = contractStep(file, job, mode, contract);
  yield* checkExtras(file, job, own, mode);
  const meant = own ?? meantStep(job, scripts[mode]);
  const fix = () => restoreSteps(file, job, mode, contract);
  const bent = own === undefined ? howBent(job, mode, contract) : undefined;
  if (bent !== undefined)
    yield { message: bent, place: (meant ?? job.steps[0])?.run?.place ?? job.id.place, fix: fix() };
  for (const step of job.steps) if (step !== meant) yield { message: surplus, place: step.place, fix: fix() };
  return own;
}

/** The step that runs infraskill's script as infraskill wrote it. */
export function contractStep(
  file: SkillFile,
  job: Job,
  mode: CallbackMode,
  { scripts }: Pick<ContractSteps, "scripts">,
): Step | undefined {
  return job.steps.find((step) => runsContractScript(file, job, step, scripts[mode], contractEnv(mode)));
}

/** None for a called workflow, which has no steps to restore. */
export function restoreSteps(
  { source }: SkillFile,
  job: Job,
  mode: CallbackMode,
  { steps }: Pick<ContractSteps, "steps">,
): Fix | null {
  if (job.uses !== undefined) return null;
  const there = pairOf(source, job.node, "steps");
  const wanted = steps(mode);
  return fixBy(
    "Run infraskill's script only",
    there === undefined ? addEntry(source, job.node, "steps", wanted) : replaceByBlock(source, there, wanted),
  );
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

/** What to say of a contract job that has infraskill's script, but proves itself the way of another mode or is bent from around it; without the script it is a matter of the rule contract-script. */
export function howBent(job: Job, mode: CallbackMode, { scripts }: Pick<ContractSteps, "scripts">): string | undefined {
  const runs = (script: string) => job.steps.some((step) => step.run?.value === script);
  const id = job.id.value;
  const other = callbackModes.find((one) => one !== mode && runs(scripts[one]));
  if (other !== undefined) {
    return `${id} is made for CALLBACK_MODE=${other}, but this infraskill has CALLBACK_MODE=${mode} and would refuse its proof.`;
  }
  if (!runs(scripts[mode])) return undefined;
  return `${id} runs infraskill's script with another condition, shell or variables than infraskill gives it, so it may not be this execution that it speaks for.`;
}
