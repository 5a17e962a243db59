import type { Edit, Fix } from "@infraskill/contracts/diagnostic";
import { isMap, isScalar, Scalar } from "yaml";
import { pathOf } from "../caller-control.ts";
import { envName } from "../env-name.ts";
import { type EmbeddedExpression } from "../embedded-expressions.ts";
import { parseExpression } from "../expression.ts";
import type { Job, SkillFile, Step } from "../read.ts";
import { fixBy } from "../rule.ts";
import { quotingAt } from "../shell-quoting.ts";
import { pairOf, type Located } from "../source.ts";
import { addEntry, replaceRange } from "../splice.ts";

/**
 * The fix of an injection: the value goes into the step's `env`, and the code uses the variable, quoted for where it stands. `null` where that is not a
 * matter of text alone: other shells than sh and bash, quoted here-documents, strings of JavaScript with more than the value in them.
 */
export function moveToEnv(
  file: SkillFile,
  job: Job,
  step: Step,
  text: Located<string>,
  expression: EmbeddedExpression,
): Fix | null {
  if (!expression.exact) return null;
  const variable = variableFor(file, job, step, expression.text);
  const use =
    text === step.run
      ? isPosixShell(file, job, step)
        ? inShell(text, expression, variable.name)
        : undefined
      : isGithubScript(step)
        ? inJavaScript(text, expression, variable.name)
        : undefined;
  if (use === undefined) return null;
  const { place } = expression;
  const edits: (Edit | undefined)[] = [
    replaceRange(file.source, place.start - use.before, place.end + use.after, use.text),
  ];
  if (!variable.exists) edits.unshift(declare(file, step, variable.name, `\${{${expression.text}}}`));
  return fixBy(`Pass it through ${variable.name}`, ...edits);
}

/** The variable that carries the expression's value already, or a new one. */
function variableFor(file: SkillFile, job: Job, step: Step, expression: string): { name: string; exists: boolean } {
  const levels = [step.env, job.env, file.env];
  const wanted = expression.replaceAll(/\s+/g, "");
  const indirect = /^env\.([A-Za-z_]\w*)$/.exec(wanted)?.[1];
  if (indirect !== undefined && levels.some((env) => env.some(({ key }) => key.value === indirect)))
    return { name: indirect, exists: true };
  for (const [depth, env] of levels.entries()) {
    const found = env.find(({ value }) => value.value.replaceAll(/\s+/g, "") === `\${{${wanted}}}`);
    const hidden = levels.slice(0, depth).some((inner) => inner.some(({ key }) => key.value === found?.key.value));
    if (found !== undefined && !hidden) return { name: found.key.value, exists: true };
  }
  const expr = parseExpression(expression);
  const path = expr === undefined ? undefined : pathOf(expr)?.filter((part) => part !== "*");
  const base = envName((path?.at(-1) ?? "value").replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_"));
  const taken = new Set(levels.flat().map(({ key }) => key.value.toUpperCase()));
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}_${n}`;
    if (!taken.has(name)) return { name, exists: false };
  }
}

function declare({ source }: SkillFile, step: Step, name: string, value: string): Edit | undefined {
  const env = pairOf(source, step.node, "env");
  if (env === undefined) {
    const before = ["if", "id", "name", "uses"].find((key) => pairOf(source, step.node, key) !== undefined);
    return addEntry(source, step.node, "env", { [name]: value }, before);
  }
  return isMap(env.value) ? addEntry(source, env.value, name, value) : undefined;
}

type Use = { text: string; before: number; after: number };

function inShell(run: Located<string>, { from, to }: EmbeddedExpression, name: string): Use | undefined {
  const quoting = quotingAt(run.value, from);
  if (quoting === undefined) return undefined;
  const next = run.value[to] ?? "";
  const plain = /\w/.test(next) ? `\${${name}}` : `$${name}`;
  const text = { none: `"${plain}"`, double: plain, single: `'"${plain}"'`, heredoc: plain }[quoting];
  const type = isScalar(run.node) ? run.node.type : undefined;
  // At the start of a plain scalar a quote would make it a quoted one.
  if (type === Scalar.PLAIN && from === 0) return undefined;
  return { text: inYaml(text, type), before: 0, after: 0 };
}

function inYaml(text: string, type: unknown): string {
  if (type === Scalar.QUOTE_DOUBLE) return text.replaceAll(/["\\]/g, "\\$&");
  return type === Scalar.QUOTE_SINGLE ? text.replaceAll("'", "''") : text;
}

/** `"${{ x }}"` becomes `process.env.X`; in a template string it becomes a part of it. */
function inJavaScript(code: Located<string>, { from, to }: EmbeddedExpression, name: string): Use | undefined {
  const type = isScalar(code.node) ? code.node.type : undefined;
  if (type !== Scalar.BLOCK_LITERAL) return undefined;
  const before = code.value[from - 1] ?? "";
  const after = code.value[to] ?? "";
  const variable = `process.env.${name}`;
  if (before === after && `"'\``.includes(before) && before !== "") return { text: variable, before: 1, after: 1 };
  const line = code.value.slice(code.value.lastIndexOf("\n", from) + 1, from);
  const open = (quote: string) => (line.split(quote).length - 1) % 2 === 1;
  if (open("`")) return { text: `\${${variable}}`, before: 0, after: 0 };
  return open('"') || open("'") ? undefined : { text: variable, before: 0, after: 0 };
}

function isPosixShell(file: SkillFile, job: Job, step: Step): boolean {
  const shell = (step.shell ?? job.default_shell ?? file.default_shell)?.value.trim();
  if (shell !== undefined) return /^(?:\/\S*\/)?(?:ba)?sh(?:\s|$)/.test(shell);
  return !job.runs_on.some(({ value }) => /windows|\$\{\{/i.test(value));
}

function isGithubScript(step: Step): boolean {
  return step.uses?.value.toLowerCase().startsWith("actions/github-script@") === true;
}
