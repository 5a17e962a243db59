import { assert, pre, property, string, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkSkillFile } from "../check.ts";
import { jobOf, readSkillFile } from "../file/read.ts";
import { envName } from "../known/env-name.ts";
import { checkInputsSchema } from "../schema/check-schema.ts";
import type { SkillDefinition } from "./definition.ts";
import { generateSkillFile } from "./generate.ts";
import { renderSkill } from "./render.ts";

const definition: SkillDefinition = {
  name: "restart",
  description: "Restarts a deployment: all of it\n--- name: evil\n",
  inputs_schema: {
    type: "object",
    properties: {
      "cluster-name": {
        type: "string",
        description: 'Which: "one" # of many\n\u2028',
        default: "a\"b $(touch x) '; `id`\n${x}",
      },
      replicas: { type: "integer", default: 2 },
      force: { type: "boolean", default: false },
      size: { enum: ["on", "2", "null"], default: "on" },
      path: { type: "string" },
      where: { type: "string", "x-github-type": "environment" },
    },
    required: ["cluster-name", "where"],
  },
  outputs_schema: { type: "object", properties: { count: { type: "integer" }, "pod-name": { type: "string" } } },
  commands: [
    { name: "Count: pods", run: 'echo "count=1" >> "$GITHUB_OUTPUT"' },
    { run: "echo first\r\necho second\n\n", if: "inputs.force", working_directory: "/tmp", continue_on_error: true },
    { uses: `actions/checkout@${"a".repeat(40)}`, with: { "fetch-depth": 1 } },
  ],
};

describe("a generated skill file", () => {
  it("passes GitHub's parser and every rule without a word", async () => {
    expect((await checkSkillFile(generateSkillFile(definition), definition)).diagnostics).toEqual([]);
  });

  it("is the same for the same definition", () => {
    expect(generateSkillFile(definition)).toBe(generateSkillFile(structuredClone(definition)));
  });

  it("declares every input as the schema has it, byte for byte", () => {
    const file = parse(generateSkillFile(definition)) as { on: { workflow_dispatch: { inputs: unknown } } };
    expect(file.on.workflow_dispatch.inputs).toEqual({
      execution_id: { description: "Which execution this run belongs to", required: true, type: "string" },
      callback_url: { description: "Where the result goes", required: true, type: "string" },
      "cluster-name": {
        description: 'Which: "one" # of many',
        required: true,
        type: "string",
        default: "a\"b $(touch x) '; `id`\n${x}",
      },
      replicas: { required: false, type: "number", default: 2 },
      force: { required: false, type: "boolean", default: false },
      size: { required: false, type: "choice", options: ["on", "2", "null"], default: "on" },
      path: { required: false, type: "string" },
      where: { required: true, type: "environment" },
    });
  });

  it("hands inputs to scripts by env only, and runs in the environment that was chosen", () => {
    const execute = jobOf(readSkillFile(generateSkillFile(definition)), "execute")!;
    expect(Object.fromEntries(execute.env.map(({ key, value }) => [key.value, value.value]))).toEqual({
      CLUSTER_NAME: "${{ inputs.cluster-name }}",
      REPLICAS: "${{ inputs.replicas }}",
      FORCE: "${{ inputs.force }}",
      SIZE: "${{ inputs.size }}",
      INPUT_PATH: "${{ inputs.path }}",
      WHERE: "${{ inputs.where }}",
    });
    expect(execute.steps.map((step) => step.run?.value.includes("${{"))).toEqual([false, false, undefined]);
    expect(generateSkillFile(definition)).toContain("environment: ${{ inputs.where }}");
  });

  it("maps each output from the last step that set it", () => {
    const execute = jobOf(readSkillFile(generateSkillFile(definition)), "execute")!;
    expect(execute.outputs.map(({ key, value }) => [key.value, value.value])).toEqual([
      ["count", "${{ steps.step2.outputs.count || steps.step1.outputs.count }}"],
      ["pod-name", "${{ steps.step2.outputs.pod-name || steps.step1.outputs.pod-name }}"],
    ]);
  });

  it("runs on several labels when they are given", () => {
    const file = readSkillFile(generateSkillFile({ ...definition, runs_on: "self-hosted, gpu" }));
    expect(jobOf(file, "execute")?.runs_on.map(({ value }) => value)).toEqual(["self-hosted", "gpu"]);
  });

  it("keeps any text a person can give where it belongs", () => {
    const text = string({ unit: "grapheme", maxLength: 40 }).map((value) => value.replaceAll("${{", ""));
    const name = stringMatching(/^[a-z_][a-z0-9_-]{0,12}$/);
    assert(
      property(text, text, name, text, text, (description, help, input, fallback, run) => {
        const given: SkillDefinition = {
          name: "any",
          description,
          inputs_schema: {
            type: "object",
            properties: { [input]: { type: "string", description: help, default: fallback } },
          },
          outputs_schema: {},
          commands: [{ name: help, run: `true ${run}` }],
        };
        pre(checkInputsSchema(given.inputs_schema).length === 0);
        const read = readSkillFile(generateSkillFile(given));
        expect(read.jobs.map(({ id }) => id.value)).toEqual(["claim", "execute", "report"]);
        expect(read.inputs.map((declared) => declared.name.value)).toEqual(["execution_id", "callback_url", input]);
        expect(read.inputs[2]?.default?.value).toBe(fallback);
        const execute = jobOf(read, "execute");
        expect(execute?.env[0]?.key.value).toBe(envName(input));
        expect(execute?.steps[0]?.run?.value).toBe(`${`true ${run}`.replaceAll("\r\n", "\n").replace(/\n+$/, "")}\n`);
        expect(read.source.document.errors).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("rendering", () => {
  it("refuses schemas and commands it cannot use, each with its place", () => {
    const rendered = renderSkill({ ...definition, inputs_schema: { type: "array" }, commands: [{ run: " \n" }] });
    expect(rendered).toMatchObject({
      ok: false,
      errors: [{ pointer: "/inputs_schema/type" }, { pointer: "/commands/0/run" }],
    });
  });
});
