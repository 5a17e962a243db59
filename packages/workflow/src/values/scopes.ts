import { expressionsIn } from "../file/embedded-expressions.ts";
import { parseExpression } from "../file/expression.ts";
import type { Job, SkillFile, Step, Variable } from "../file/read.ts";
import { survivesFailure } from "../file/step-script.ts";
import {
  controlOf, controlOfText, narrowedTo, strongest, type Control, type ControlLevel, type Scope,
} from "./control.ts"; // prettier-ignore
import { leftOf, withChecksOf, type EarlierChecks } from "./earlier-checks.ts";
import { fixedBy, mayFollowFailure } from "./if-condition.ts";
import { runsBehind } from "./later-runs.ts";
import { stepWrites } from "./step-writes.ts";

/** What is known about values at the end of a job, and in each of its steps by position. */
type JobScopes = { readonly job: Scope; readonly steps: readonly Scope[] };

const known = new WeakMap<SkillFile, ReadonlyMap<Job, JobScopes>>();

/** Follows what a caller chooses through `env`, step outputs, job outputs and the matrix to every place of the file. */
export function scopesOf(file: SkillFile): ReadonlyMap<Job, JobScopes> {
  let scopes = known.get(file);
  if (scopes === undefined) known.set(file, (scopes = follow(file)));
  return scopes;
}

export function stepScope(file: SkillFile, job: Job, step: Step): Scope {
  const scopes = scopesOf(file).get(job)!;
  return scopes.steps[job.steps.indexOf(step)] ?? scopes.job;
}

function follow(file: SkillFile): Map<Job, JobScopes> {
  const inputs = new Map(file.inputs.map((input) => [input.name.value.toLowerCase(), levelOfType(input.type?.value)]));
  const fromJobs = new Map<string, Control>();
  const scopes = new Map<Job, JobScopes>();
  // A job may stand above the one whose outputs it uses: look again while outputs become known.
  for (let before = -1; before < fromJobs.size;) {
    before = fromJobs.size;
    for (const job of file.jobs) {
      const inJob = scopeInJob(file, job, { inputs, env: new Map(), matrix: undefined, outputs: fromJobs });
      scopes.set(job, inJob);
      for (const { key, value } of job.outputs) {
        const control = controlOfText(value.value, inJob.job);
        if (control !== undefined) fromJobs.set(`needs.${job.id.value}.outputs.${key.value}`.toLowerCase(), control);
      }
    }
  }
  return scopes;
}

function scopeInJob(file: SkillFile, job: Job, base: Scope): JobScopes {
  const [from, to] = (job.strategy?.value as { range?: [number, number, number] } | null)?.range ?? [0, 0];
  const strategy = expressionsIn(file.source.text.slice(from, to));
  const matrix = strongest(strategy.map((text) => controlOf(parseExpression(text), base)));
  const inJob = (inputs: Scope["inputs"]) => withEnv(withEnv({ ...base, inputs, matrix }, file.env), job.env);
  let scope = inJob(base.inputs);
  let checks: EarlierChecks = new Map();
  const steps: Scope[] = [];
  for (const step of job.steps) {
    const passed = mayFollowFailure(step.if?.value) ? new Map() : checks;
    const around = whereStepRuns(scope, step, inJob, passed, [...file.env, ...job.env]);
    const own = withEnv(withEnv(around, step.env, passed), settingsOf(step), passed);
    const runs_later = runsBehind(file, job, step);
    steps.push({
      ...own,
      ...(survivesFailure(file, job, step) && { survives_failure: true }),
      ...(runs_later.length > 0 && { runs_later }),
    });
    scope = afterStep(file, job, scope, steps.at(-1)!, step);
    checks = withChecksOf(file, job, step, checks);
  }
  return { job: scope, steps };
}

/** What the condition of a step, and the steps before it, leave of values that no step has written since the job began. */
function whereStepRuns(
  scope: Scope,
  step: Step,
  inJob: (inputs: Scope["inputs"]) => Scope,
  checks: EarlierChecks,
  declared: readonly Variable[],
): Scope {
  const fixed = fixedBy(step.if?.value);
  if (fixed.size === 0 && checks.size === 0) return scope;
  const inputs = new Map(scope.inputs);
  for (const name of inputs.keys()) if (fixed.has(`inputs.${name}`)) inputs.set(name, "low");
  const before = inJob(scope.inputs).env;
  const narrower = inJob(inputs).env;
  const env = new Map(scope.env);
  for (const [name, control] of scope.env) {
    if (fixed.has(`env.${name.toLowerCase()}`)) env.set(name, { ...control, level: "low" });
    else if (isSame(control, before.get(name))) {
      const variable = declared.findLast(({ key }) => key.value.toUpperCase() === name);
      const left = narrower.get(name);
      if (left === undefined) env.delete(name);
      else env.set(name, variable === undefined ? left : narrowedTo(left, leftOf(variable, checks)));
    }
  }
  return { ...scope, inputs, env };
}

function isSame(a: Control, b: Control | undefined): boolean {
  return a.level === b?.level && a.through === b.through && a.chars === b.chars;
}

/** What later steps see: its outputs, and the variables it wrote to GITHUB_ENV. */
function afterStep(file: SkillFile, job: Job, scope: Scope, own: Scope, step: Step): Scope {
  const written = stepWrites(file, job, step, own);
  if (written === undefined || written.writes.length === 0) return scope;
  const outputs = new Map(scope.outputs);
  const env = new Map(scope.env);
  for (const { target, name, control } of written.writes) {
    if (name === undefined) continue;
    if (target === "GITHUB_OUTPUT" && step.id !== undefined) {
      outputs.set(`steps.${step.id.value}.outputs.${name}`.toLowerCase(), control);
    }
    if (target === "GITHUB_ENV") env.set(name.toUpperCase(), control);
  }
  return { ...scope, outputs, env };
}

/** With the variables of one level, which hide those of the levels around it. */
function withEnv(scope: Scope, variables: readonly Variable[], checks: EarlierChecks = new Map()): Scope {
  if (variables.length === 0) return scope;
  const env = new Map(scope.env);
  for (const variable of variables) {
    const name = variable.key.value.toUpperCase();
    const control = controlOfText(variable.value.value, scope);
    if (control === undefined) env.delete(name);
    else env.set(name, narrowedTo(control, leftOf(variable, checks)));
  }
  return { ...scope, env };
}

/** A script of actions/github-script finds what stands beside it in `with` as variables too. */
function settingsOf({ uses, with: settings }: Step): readonly Variable[] {
  if (uses?.value.toLowerCase().startsWith("actions/github-script@") !== true) return [];
  return settings.map(({ key, value }) => ({
    key: { ...key, value: `INPUT_${key.value.replaceAll(" ", "_")}` },
    value,
  }));
}

function levelOfType(type: string | undefined): ControlLevel {
  // GitHub refuses a dispatch whose choice is none of the options, or whose boolean is neither true nor false; of numbers that is not known.
  return type === "choice" || type === "boolean" ? "low" : type === "number" ? "medium" : "high";
}
