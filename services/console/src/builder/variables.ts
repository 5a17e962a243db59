import { envName } from "@infraskill/workflow/known/env-name";
import type { Step } from "@infraskill/workflow/file/read";
import { fieldsOf } from "@infraskill/workflow/schema/fields";
import type { DraftContent } from "./draft.ts";

/** A value a script can use: `text` goes into the script, and `env` brings the value into the step. */
export type Variable = {
  readonly label: string;
  readonly text: string;
  readonly env?: readonly [name: string, value: string];
};
export type VariableGroup = { readonly title: string; readonly variables: readonly Variable[] };

/** What a step at this place can use: inputs, what earlier steps said, the repository's secrets and variables, facts of the run. */
export function variablesFor(draft: DraftContent, steps: readonly Step[], at = steps.length): VariableGroup[] {
  const inputs = fieldsOf(draft.inputs_schema).map(([name]) => byEnv(name, envName(name), `inputs.${name}`));
  const outputs = steps
    .slice(0, at)
    .flatMap(({ id, run }) =>
      id === undefined
        ? []
        : outputsOf(draft.yaml_content, id.value, run?.value).map((name) => earlier(id.value, name)),
    );
  const set = fieldsOf(draft.outputs_schema).map(([name]): Variable => ({
    label: name,
    text: `echo "${name}=$VALUE" >> "$GITHUB_OUTPUT"`,
  }));
  return [
    { title: "Inputs", variables: inputs },
    { title: "Earlier steps", variables: outputs },
    {
      title: "Secrets",
      variables: namesIn(draft.yaml_content, "secrets").map((name) => fromRepository("secrets", name)),
    },
    { title: "Variables", variables: namesIn(draft.yaml_content, "vars").map((name) => fromRepository("vars", name)) },
    { title: "Set an output", variables: set },
    { title: "The run", variables: runFacts.map((name) => ({ label: name, text: `"$${name}"` })) },
  ].filter(({ variables }) => variables.length > 0);
}

/** A secret or variable that the repository's settings hold; only its name is known here. */
export function fromRepository(context: "secrets" | "vars", name: string): Variable {
  return byEnv(name, name, `${context}.${name}`);
}

/** Names as GitHub takes them for secrets and variables. */
export function isRepositoryName(name: string): boolean {
  return /^[A-Z_][A-Z0-9_]{0,99}$/.test(name) && !name.startsWith("GITHUB_");
}

/** The step's variables that its script mentions; a name that is nowhere in it was meant for something that was deleted. */
export function usedIn(run: string, env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => new RegExp(`\\$\\{?${name}\\b`).test(run)));
}

const runFacts = ["GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_SHA", "GITHUB_ACTOR", "RUNNER_TEMP"];

function byEnv(label: string, variable: string, expression: string): Variable {
  return { label, text: `"$${variable}"`, env: [variable, `\${{ ${expression} }}`] };
}

function earlier(id: string, name: string): Variable {
  const variable = envName(`${id}_${name}`.replaceAll("-", "_"));
  return byEnv(`${id}.${name}`, variable, `steps.${id}.outputs.${name}`);
}

/** What a step's script writes; of an action, what the file reads of it already. */
function outputsOf(text: string, id: string, run: string | undefined): string[] {
  if (run !== undefined) return outputsIn(run);
  const found = text.matchAll(new RegExp(`\\bsteps\\.${id}\\.outputs\\.([A-Za-z_][\\w-]*)`, "g"));
  return [...new Set([...found].map(([, name]) => name!))];
}

/** The outputs that a script sets on a line of its own. */
export function outputsIn(run: string): string[] {
  const found = run.matchAll(/([A-Za-z_][\w-]*)=[^\n]*>>\s*"?\$\{?GITHUB_OUTPUT/g);
  return [...new Set([...found].map(([, name]) => name!))];
}

function namesIn(text: string, context: "secrets" | "vars"): string[] {
  const found = text.matchAll(new RegExp(`\\b${context}\\.([A-Za-z_]\\w*)`, "g"));
  return [...new Set([...found].map(([, name]) => name!))].filter(isRepositoryName);
}
