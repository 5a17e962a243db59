import { jobOf, readSkillFile, type SkillFile } from "../file/read.ts";
import { pairOf } from "../file/source.ts";
import type { SkillStep } from "../skill/definition.ts";
import { toStep } from "../skill/written.ts";
import { andThen, made, setEntries } from "./entries.ts";
import { moveItem } from "./splice-order.ts";
import { addEntry, addItem, removeItem, replaceByBlock } from "./splice.ts";
import { stepOf } from "./step-of.ts";

/** Adds a step to a job. Its id is the step's own, or the first free `step<n>`. */
export function addStep(text: string, step: SkillStep, job_id = "execute"): string | undefined {
  const file = readSkillFile(text);
  const job = jobOf(file, job_id);
  if (job === undefined) return undefined;
  const taken = new Set(job.steps.map(({ id }) => id?.value));
  let number = job.steps.length + 1;
  while (taken.has(`step${number}`)) number++;
  const value = toStep(step, step.id ?? `step${number}`);
  const steps = pairOf(file.source, job.node, "steps");
  if (steps === undefined) return made(text, addEntry(file.source, job.node, "steps", [value]));
  return made(
    text,
    job.steps.length === 0 ? replaceByBlock(file.source, steps, [value]) : addItem(file.source, steps.value, value),
  );
}

/** Changes the settings in which the step at `index` differs from `step`; what a step cannot say stays as it is. */
export function setStep(text: string, index: number, step: SkillStep, job_id = "execute"): string | undefined {
  const nodeOf = (file: SkillFile) => jobOf(file, job_id)?.steps[index]?.node;
  const found = jobOf(readSkillFile(text), job_id)?.steps[index];
  if (found?.node === undefined) return undefined;
  const was = stepOf(found);
  const [before, wanted] = [was, step].map((each) => toStep(each, each.id ?? "") as Record<string, unknown>);
  const hasVariables = was.env !== undefined && step.env !== undefined;
  const changed = stepKeys.filter((key) => JSON.stringify(before?.[key]) !== JSON.stringify(wanted?.[key]));
  const whole = hasVariables ? changed.filter((key) => key !== "env") : changed;
  return andThen(setEntries(text, wanted ?? {}, whole, nodeOf, stepKeys), (next) => {
    if (!hasVariables) return next;
    const names = [...new Set([...Object.keys(was.env ?? {}), ...Object.keys(step.env ?? {})])];
    return setEntries(next, step.env ?? {}, names, (file) => pairOf(file.source, nodeOf(file), "env")?.value);
  });
}

/** Removes a step; a job's only step stays. */
export function removeStep(text: string, index: number, job_id = "execute"): string | undefined {
  const file = readSkillFile(text);
  return made(text, removeItem(file.source, pairOf(file.source, jobOf(file, job_id)?.node, "steps")?.value, index));
}

/** Moves a step to another place, with the comments above it. */
export function moveStep(text: string, from: number, to: number, job_id = "execute"): string | undefined {
  const file = readSkillFile(text);
  return moveItem(file.source, pairOf(file.source, jobOf(file, job_id)?.node, "steps")?.value, from, to);
}

const stepKeys = [
  "id",
  "name",
  "if",
  "continue-on-error",
  "timeout-minutes",
  "env",
  "shell",
  "working-directory",
  "run",
];
