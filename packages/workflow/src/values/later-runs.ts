import type { Job, SkillFile, Step } from "../file/read.ts";
import { stepScript } from "../file/step-script.ts";
import { shellCommands } from "../shell/commands.ts";
import { filesRun, type FileRun } from "../shell/written-scripts.ts";

/** What the steps behind one run of files that it may have written. */
export function runsBehind(file: SkillFile, job: Job, step: Step): readonly FileRun[] {
  if (step.run === undefined || !/>|\btee\b/.test(step.run.value)) return [];
  const behind = job.steps.slice(job.steps.indexOf(step) + 1);
  return behind.flatMap((later) => {
    const { script, language } = stepScript(file, job, later) ?? {};
    return script === undefined || (language !== "bash" && language !== "sh") || !mayRunFiles.test(script.value)
      ? []
      : filesRun(shellCommands(script.value));
  });
}

/** Without any of these a script need not be read. */
const mayRunFiles =
  /^\s*(?:sudo\s+)?(?:\.{0,2}\/|\.\s)|\b(?:source|(?:ba|da|z|k)?sh|python[\d.]*|node|perl|ruby|terraform|tofu|docker|podman|make)\s/m;
