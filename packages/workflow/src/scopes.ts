import { controlOf, controlOfText, strongest, type Control, type ControlLevel, type Scope } from "./caller-control.ts";
import { expressionsIn } from "./embedded-expressions.ts";
import { parseExpression } from "./expression.ts";
import type { Job, SkillFile, Step, Variable } from "./read.ts";
import { stepWrites } from "./script-writes.ts";

/** What is known about values in a job, and in each of its steps by position. */
export type JobScopes = { readonly job: Scope; readonly steps: readonly Scope[] };

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
      const atEnd: Scope = { ...inJob.job, outputs: outputsOf(file, job, inJob) };
      for (const { key, value } of job.outputs) {
        const control = controlOfText(value.value, atEnd);
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
  let scope = withEnv(withEnv({ ...base, matrix }, file.env), job.env);
  const steps: Scope[] = [];
  for (const step of job.steps) {
    const own = withEnv(withEnv(scope, step.env), settingsOf(step));
    steps.push(own);
    scope = afterStep(file, job, scope, own, step);
  }
  return { job: scope, steps };
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

function outputsOf(file: SkillFile, job: Job, { job: scope, steps }: JobScopes): ReadonlyMap<string, Control> {
  const last = job.steps.at(-1);
  return last === undefined ? scope.outputs : afterStep(file, job, scope, steps.at(-1)!, last).outputs;
}

/** With the variables of one level, which hide those of the levels around it. */
function withEnv(scope: Scope, variables: readonly Variable[]): Scope {
  if (variables.length === 0) return scope;
  const env = new Map(scope.env);
  for (const { key, value } of variables) {
    const control = controlOfText(value.value, scope);
    if (control === undefined) env.delete(key.value.toUpperCase());
    else env.set(key.value.toUpperCase(), control);
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
