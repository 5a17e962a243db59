import type { Edit, Fix } from "@infraskill/contracts/diagnostic";
import { isMap, isScalar, Scalar } from "yaml";
import { addEntry, replaceRange } from "../edit/splice.ts";
import type { EmbeddedExpression } from "../file/embedded-expressions.ts";
import { parseExpression } from "../file/expression.ts";
import type { Job, SkillFile, Step } from "../file/read.ts";
import { pairOf, type Located, type Source } from "../file/source.ts";
import { envName } from "../known/env-name.ts";
import { shellPlaceAt } from "../shell/quoting.ts";
import { pathOf, type Control, type Scope } from "../values/control.ts";
import { becomesCode } from "./becomes-code.ts";
import { fixBy } from "./fix-by.ts";
import { useInJavaScript, useInShell, type VariableUse } from "./variable-use.ts";

/** How an injection is mended: by a fix where that is a matter of text alone, else in words. */
type Mend = { readonly fix: Fix | null; readonly advice: string };

/** An expression in the code of a step, and who chooses it. */
type Injection = {
  readonly file: SkillFile;
  readonly job: Job;
  readonly step: Step;
  readonly text: Located<string>;
  readonly expression: EmbeddedExpression;
  readonly control: Control;
  readonly scope: Scope;
};

/**
 * The value goes into the step's `env`, and the code uses the variable, quoted for where it stands. No fix for other shells than sh and bash, for
 * strings of JavaScript with more than the value in them, and where the variable would not be expanded or would become code again.
 */
export function moveToEnv(injection: Injection): Mend {
  const { file, job, step, text, expression } = injection;
  if (text === step.run) return isPosixShell(file, job, step) ? moveInShell(injection) : unfixed(usualAdvice);
  if (!isGithubScript(step)) return unfixed(usualAdvice);
  const variable = variableFor(file, job, step, expression.text);
  return replaceBy(injection, variable, useInJavaScript(text, expression, variable.name), "JavaScript");
}

function moveInShell(injection: Injection): Mend {
  const { file, job, step, text, expression } = injection;
  const place = shellPlaceAt(text.value, expression.from);
  if (place === "comment") return nameInComment(file, expression);
  if (place === "literal") return unfixed(literalAdvice);
  if (place === "escaped") return unfixed(usualAdvice);
  const variable = variableFor(file, job, step, expression.text);
  return replaceBy(injection, variable, useInShell(text, expression, place, variable.name), "shell");
}

function replaceBy(
  { file, step, text, expression, control, scope }: Injection,
  { name, exists }: CarryingVariable,
  use: VariableUse | undefined,
  language: "shell" | "JavaScript",
): Mend {
  const edit = use === undefined || !expression.exact ? undefined : editFor(file.source, text, expression, use);
  if (use === undefined || edit === undefined) return unfixed(usualAdvice);
  const { from, to } = expression;
  const after = text.value.slice(0, from - Number(use.opens)) + use.code + text.value.slice(to + Number(use.closes));
  const withVariable = { ...scope, env: new Map(scope.env).set(name, control) };
  if (becomesCode(text.value, after, withVariable, language)) return unfixed(codeAdvice);
  const declared = exists ? [] : [declare(file, step, name, `\${{${expression.text}}}`)];
  return { fix: fixBy(`Pass it through ${name}`, ...declared, edit), advice: usualAdvice };
}

function unfixed(advice: string): Mend {
  return { fix: null, advice };
}

const usualAdvice = "Pass it through env and use the variable.";
const literalAdvice =
  "Pass it through env and use the variable. This here-document expands none, because its delimiter is quoted: take the quotes away, and put \\ before every $ and ` that shall stay.";
const codeAdvice =
  "Pass it through env, and hand the variable to the program beside its code: pasted into that, it would be code again (nested-code).";

/** A line break in the value ends the comment, and the rest of it is run. */
function nameInComment({ source }: SkillFile, { place, text, exact }: EmbeddedExpression): Mend {
  const advice = "In a comment too: a line break ends it. Write the name without ${{ }}.";
  const named = replaceRange(source, place.start, place.end, text.trim());
  return { fix: exact && !/[\r\n]/.test(text) ? fixBy("Name it in the comment", named) : null, advice };
}

type CarryingVariable = { readonly name: string; readonly exists: boolean };

/** The variable that carries the expression's value already, or a new one. */
function variableFor(file: SkillFile, job: Job, step: Step, expression: string): CarryingVariable {
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

/** Undefined where a quote that goes is written otherwise in the file, as in `"\x27"`. */
function editFor(
  source: Source,
  { value, node }: Located<string>,
  { from, to, place }: EmbeddedExpression,
  { code, opens, closes }: VariableUse,
): Edit | undefined {
  const type = isScalar(node) ? node.type : undefined;
  const before = opens ? inYaml(value[from - 1]!, type) : "";
  const behind = closes ? inYaml(value[to]!, type) : "";
  const stands = source.text.endsWith(before, place.start) && source.text.startsWith(behind, place.end);
  if (!stands) return undefined;
  return replaceRange(source, place.start - before.length, place.end + behind.length, inYaml(code, type));
}

function inYaml(text: string, type: unknown): string {
  if (type === Scalar.QUOTE_DOUBLE) return text.replaceAll(/["\\]/g, "\\$&");
  return type === Scalar.QUOTE_SINGLE ? text.replaceAll("'", "''") : text;
}

function declare({ source }: SkillFile, step: Step, name: string, value: string): Edit | undefined {
  const env = pairOf(source, step.node, "env");
  if (env === undefined) {
    const before = ["if", "id", "name", "uses"].find((key) => pairOf(source, step.node, key) !== undefined);
    return addEntry(source, step.node, "env", { [name]: value }, before);
  }
  return isMap(env.value) ? addEntry(source, env.value, name, value) : undefined;
}

function isPosixShell(file: SkillFile, job: Job, step: Step): boolean {
  const shell = (step.shell ?? job.default_shell ?? file.default_shell)?.value.trim();
  if (shell !== undefined) return /^(?:\/\S*\/)?(?:ba)?sh(?:\s|$)/.test(shell);
  return !job.runs_on.some(({ value }) => /windows|\$\{\{/i.test(value));
}

function isGithubScript(step: Step): boolean {
  return step.uses?.value.toLowerCase().startsWith("actions/github-script@") === true;
}
