import { findExpressions } from "../file/embedded-expressions.ts";
import { parseExpression } from "../file/expression.ts";
import type { Job, SkillFile, Step } from "../file/read.ts";
import { entriesOf, entry, textOf, type Located } from "../file/source.ts";
import { moveToEnv } from "../mends/move-to-env.ts";
import { controlOf, severityOfControl, type Scope } from "../values/control.ts";
import { scopesOf, stepScope } from "../values/scopes.ts";
import type { Finding, Rule } from "./rule.ts";

/** Text that a caller chooses, pasted into code before a shell or an interpreter reads it. */
export const templateInjection: Rule = {
  id: "template-injection",
  title: "Caller-controlled expression in code",
  severity: "error",
  *check({ file }) {
    for (const job of file.jobs) {
      const jobScope = scopesOf(file).get(job)!.job;
      for (const code of jobCodeOf(file, job)) yield* checkCode(file, job, undefined, code, jobScope);
      for (const step of job.steps) {
        const scope = stepScope(file, job, step);
        for (const code of codeOf(file, job, step)) yield* checkCode(file, job, step, code, scope);
      }
    }
  },
};

type Code = {
  readonly text: Located<string>;
  readonly what: string;
  /** What to do, where no variable reaches. */
  readonly advice?: string;
  /** The text goes to code outside this file, which may or may not paste it. */
  readonly unseen?: true;
};

function codeOf(file: SkillFile, job: Job, step: Step): Code[] {
  const code: Code[] = [];
  const add = (text: Located<string> | undefined, what: string, advice?: string) =>
    text !== undefined && code.push({ text, what, ...(advice === undefined ? {} : { advice }) });
  add(step.run, "run");
  const [shell, directory] =
    step.run === undefined
      ? []
      : [job.default_shell ?? file.default_shell, job.default_directory ?? file.default_directory];
  add(step.shell ?? shell, "shell", fixedAdvice);
  add(step.working_directory ?? directory, "working-directory", directoryAdvice);
  const uses = step.uses?.value;
  for (const { key, value } of step.with) {
    if (isScriptInput(uses, key.value)) add(value, `with.${key.value}`);
    else if (isLocal(uses)) code.push({ text: value, what: `with.${key.value}`, unseen: true });
  }
  return code;
}

/** Images are programs, and a called workflow is code of this repository that this file does not show. */
function jobCodeOf({ source }: SkillFile, job: Job): Code[] {
  const code: Code[] = [];
  const containers = [job.container?.value, ...entriesOf(source, job.services?.value).map(({ value }) => value)];
  for (const container of containers) {
    for (const text of [textOf(source, container), textOf(source, entry(source, container, "image")?.value)])
      if (text !== undefined) code.push({ text, what: "the image of a container", advice: fixedAdvice });
    const options = textOf(source, entry(source, container, "options")?.value);
    if (options !== undefined) code.push({ text: options, what: "the options of a container", advice: fixedAdvice });
  }
  if (isLocal(job.uses?.value)) {
    for (const { key, value } of job.with) code.push({ text: value, what: `with.${key.value}`, unseen: true });
  }
  return code;
}

function isLocal(uses: string | undefined): boolean {
  return uses?.startsWith("./") === true || uses?.startsWith("../") === true;
}

/** Inputs of actions that are run as code. */
function isScriptInput(uses: string | undefined, input: string): boolean {
  if (uses === undefined) return false;
  const field = input.toLowerCase();
  if (uses.startsWith("docker://")) return field === "args" || field === "entrypoint";
  const action = uses.split("@", 1)[0]!.toLowerCase();
  return scriptInputs.some(([name, code]) => name === action && code === field);
}

const scriptInputs: readonly (readonly [action: string, input: string])[] = [
  ["actions/github-script", "script"],
  ["addnab/docker-run-action", "run"],
  ["amadevus/pwsh-script", "script"],
  ["appleboy/ssh-action", "script"],
  ["azure/cli", "inlinescript"],
  ["azure/powershell", "inlinescript"],
  ["cardinalby/js-eval-action", "expression"],
  ["garygrossgarten/github-action-ssh", "command"],
  ["jannekem/run-python-script-action", "script"],
  ["mikefarah/yq", "cmd"],
  ["nick-fields/retry", "command"],
  ["nick-invision/retry", "command"],
];

/** Of an action in this repository only names tell what it takes: `with.script`, `with.pre-command`. */
const soundsLikeCode =
  /code|script|run|command|cmd|exec|eval|shell|args|options|flags|query|sql|expression|program|template/i;

function* checkCode(file: SkillFile, job: Job, step: Step | undefined, code: Code, scope: Scope): Iterable<Finding> {
  const { text, what, unseen } = code;
  for (const expression of findExpressions(file.source, text)) {
    const control = controlOf(parseExpression(expression.text), scope);
    if (control === undefined) continue;
    const graded = severityOfControl[control.level];
    if (unseen === true) {
      yield {
        message: `${control.through} is chosen by whoever starts the run; make sure that what takes ${what} does not paste it into code.`,
        place: expression.place,
        severity: graded === "error" && soundsLikeCode.test(what) ? "warning" : "info",
      };
      continue;
    }
    const { fix, advice } =
      code.advice === undefined && step !== undefined
        ? moveToEnv({ file, job, step, text, expression, control, scope })
        : { fix: null, advice: code.advice };
    yield {
      message: `${control.through} is chosen by whoever starts the run and becomes part of the code in ${what}. ${advice}`,
      place: expression.place,
      severity: graded,
      fix,
    };
  }
}

const fixedAdvice = "Write a fixed value, or make the input a choice.";
const directoryAdvice = 'Write a fixed folder, or pass the value through env and begin the script with cd -- "$NAME".';
