import { Document } from "yaml";
import { envName } from "../known/env-name.ts";
import { stripInvisible } from "../known/invisible.ts";
import { toDispatchInputs } from "../schema/dispatch-inputs.ts";
import { fieldsOf, requiredOf } from "../schema/fields.ts";
import { objectOf } from "../schema/json.ts";
import { claimJobOf, reportJobOf } from "./contract-jobs.ts";
import type { SkillDefinition } from "./definition.ts";
import { quoted } from "./scalar.ts";
import { toDeclaration, toRunsOn, toStep } from "./written.ts";

/**
 * The skill file for a definition: `claim` → `execute` → `report`. The same definition gives the same bytes. Everything a person wrote becomes a
 * value of a YAML document and is quoted by the serialiser; nothing is pasted into text.
 */
export function generateSkillFile(definition: SkillDefinition): string {
  const { name, inputs_schema, callback_mode = "oidc" } = definition;
  const runsOn = toRunsOn(definition.runs_on);
  const content = {
    name: quoted(name),
    "run-name": quoted(`${name} · \${{ inputs.execution_id }}`),
    on: {
      workflow_dispatch: {
        inputs: objectOf([
          ["execution_id", { description: "Which execution this run belongs to", required: true, type: "string" }],
          ["callback_url", { description: "Where the result goes", required: true, type: "string" }],
          ...toDispatchInputs(inputs_schema).map(([input, declared]) => [input, toDeclaration(declared)] as const),
        ]),
      },
    },
    permissions: {},
    jobs: {
      claim: claimJobOf(runsOn, callback_mode),
      execute: toExecuteJob(definition, runsOn),
      report: reportJobOf(runsOn, ["claim", "execute"], callback_mode),
    },
  };
  const document = new Document(content, { aliasDuplicateObjects: false });
  const about = toComment(definition.description ?? "");
  if (about !== "") document.commentBefore = about;
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}

function toExecuteJob(definition: SkillDefinition, runsOn: string | string[]): object {
  const { inputs_schema, outputs_schema, commands, permissions } = definition;
  const inputs = fieldsOf(inputs_schema).map(([name]) => name);
  const outputs = fieldsOf(outputs_schema).map(([name]) => name);
  const ids = commands.map((step, index) => step.id ?? `step${index + 1}`);
  const writers = ids.filter((_, index) => "run" in commands[index]!).toReversed();
  const environment = environmentInput(inputs_schema);

  return {
    name: "Execute",
    needs: "claim",
    "runs-on": runsOn,
    "timeout-minutes": definition.timeout_minutes ?? 30,
    ...(environment === undefined ? {} : { environment: `\${{ inputs.${environment} }}` }),
    ...(permissions === undefined ? {} : { permissions }),
    ...(inputs.length === 0
      ? {}
      : { env: objectOf(inputs.map((input) => [envName(input), `\${{ inputs.${input} }}`])) }),
    ...(outputs.length === 0 || writers.length === 0
      ? {}
      : { outputs: objectOf(outputs.map((output) => [output, firstSet(writers, output)])) }),
    defaults: { run: { shell: "bash" } },
    steps: commands.map((step, index) => toStep(step, ids[index]!)),
  };
}

/** The output of the last step that set it. */
function firstSet(stepIds: readonly string[], output: string): string {
  return `\${{ ${stepIds.map((id) => `steps.${id}.outputs.${output}`).join(" || ")} }}`;
}

/** The environment the `execute` job runs in: the input that names one, unless it may be left empty. */
function environmentInput(inputsSchema: SkillDefinition["inputs_schema"]): string | undefined {
  const required = requiredOf(inputsSchema);
  const found = fieldsOf(inputsSchema).find(
    ([name, field]) =>
      field["x-github-type"] === "environment" && (required.has(name) || field["default"] !== undefined),
  );
  return found?.[0];
}

/** Comment lines, each after one space. Line separators other than `\n` would end the comment for some readers. */
function toComment(text: string): string {
  const lines = text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029]/g, "\n")
    .trim()
    .split("\n");
  return lines
    .map((line) => stripInvisible(` ${line}`).trimEnd())
    .join("\n")
    .trimEnd();
}
