import type { JsonObject } from "@infraskill/contracts/text";
import { envName } from "@infraskill/workflow/known/env-name";
import { fieldName } from "@infraskill/workflow/schema/fields";
import { quotingAt } from "@infraskill/workflow/shell/quoting";

export type Inferred = {
  /** The command with every placeholder as a variable, quoted as its place asks for. */
  readonly run: string;
  /** Inputs in the order they appear. */
  readonly inputs: readonly string[];
};

/** `<name>`, `{{ name }}`, `$NAME` and `${NAME}`; shell's own variables are not inputs. */
const placeholder =
  /<([A-Za-z][A-Za-z0-9 _-]{0,60})>|(?<!\$)\{\{\s*([A-Za-z][A-Za-z0-9_-]{0,60})\s*\}\}|\$\{([A-Z][A-Z0-9_]{1,60})\}|\$([A-Z][A-Z0-9_]{1,60})/g;

/**
 * What a person meant to fill in when they pasted a command:
 *
 *     inferCommand("kubectl -n <namespace> rollout restart deployment/{{name}}")
 *     // { run: 'kubectl -n "$NAMESPACE" rollout restart deployment/"$NAME"', inputs: ["namespace", "name"] }
 */
export function inferCommand(command: string): Inferred {
  const inputs: string[] = [];
  const assigned = new Set(
    [...command.matchAll(/^\s*(?:export\s+|local\s+|read\s+(?:-\w+\s+)*)?([A-Z][A-Z0-9_]*)=/gm)].map(
      ([, name]) => name,
    ),
  );
  const script = command.trim();
  const run = script.replaceAll(placeholder, (whole: string, ...found: unknown[]) => {
    const [angle, braces, curly, plain] = found as (string | undefined)[];
    const offset = found[4] as number;
    const variable = curly ?? plain;
    const name = (angle ?? braces ?? variable ?? "")
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_]+/g, "-");
    if (!fieldName.test(name)) return whole;
    if (variable !== undefined && (assigned.has(variable) || envName(name) !== variable)) return whole;
    const put = variable === undefined ? variableAt(script, offset, offset + whole.length, envName(name)) : whole;
    if (put === undefined) return whole;
    if (!inputs.includes(name)) inputs.push(name);
    return put;
  });
  return { run, inputs };
}

/** The variable as one word of what stands around it; undefined where the shell would expand none. */
function variableAt(script: string, start: number, end: number, variable: string): string | undefined {
  switch (quotingAt(script, start)) {
    case "none":
      return `"$${variable}"`;
    case "single":
      return inShellCode(script, start, end, variable) ?? `'"$${variable}"'`;
    case "double":
    case "heredoc":
      return /\w/.test(script[end] ?? "") ? `\${${variable}}` : `$${variable}`;
    case undefined:
      return undefined;
  }
}

/** The whole command word before a quoted text that a shell of this step runs, and so has its variables. After sudo or ssh it would not. */
const beforeShellCode = /(?:^|[\n;&|(])\s*(?:ba|da|k|z)?sh\s+(?:-\w+\s+)*-\w*c\s+'$/;

/** The same inside `bash -c '…'`, whose text the inner shell expands: as code of its own, with the value never in it. */
function inShellCode(script: string, start: number, end: number, variable: string): string | undefined {
  const from = script.lastIndexOf("'", start - 1) + 1;
  if (!beforeShellCode.test(script.slice(0, from))) return undefined;
  const until = script.indexOf("'", end);
  return variableAt(script.slice(from, until < 0 ? undefined : until), start - from, end - from, variable);
}

/** The first words of a command that say what it does, as a skill's name: `kubectl rollout restart …` is `kubectl-rollout-restart`. */
export function nameOfCommand(command: string): string {
  const words = command
    .split("\n")
    .find((line) => line.trim() !== "" && !/^\s*(#|set\b)/.test(line))
    ?.trim()
    .split(/\s+/)
    .filter((word) => /^[a-z][a-z0-9-]*$/.test(word) && word !== "sudo");
  return (words ?? []).slice(0, 3).join("-").slice(0, 63);
}

/** A schema of required text inputs. */
export function schemaOfNames(names: readonly string[]): JsonObject {
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, { type: "string", minLength: 1 }])),
    required: [...names],
    additionalProperties: false,
  };
}
