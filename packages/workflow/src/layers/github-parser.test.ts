import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { YamlObjectReader } from "@actions/workflow-parser/workflows/yaml-object-reader";
import { parseSource } from "../file/source.ts";
import { generateSkillFile } from "../skill/generate.ts";
import { templates } from "../templates.ts";
import { checkWithGithubParser, readerOf } from "./github-parser.ts";
import schema from "./github-schema.json" with { type: "json" };

const eventsOf = (reader: YamlObjectReader) => [...(reader as unknown as { _generator: Iterable<unknown> })._generator];

const file = (jobs: string, on = "workflow_dispatch") => `on: ${on}\njobs:\n${jobs}`;
const job = "  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n";

describe("GitHub's parser", () => {
  it("uses the grammar of the package it comes from", () => {
    const path = new URL("../../node_modules/@actions/workflow-parser/dist/workflow-v1.0.min.json", import.meta.url);
    const original: unknown = JSON.parse(readFileSync(path, "utf8"));
    expect(schema).toEqual(original);
  });

  it.each([
    ["an unknown key", file("  a:\n    runs-on: x\n    stepz: []\n"), "Unexpected value 'stepz'", 5, 5],
    [
      "a job that needs one that is not there",
      file(`${job}    needs: b\n  c:\n${job.slice(5)}`),
      "depends on unknown job 'b'",
      7,
      12,
    ],
    ["a broken expression", file(job.replace("echo", "echo ${{ inputs. }}")), "Unexpected symbol", 6, 19],
    [
      "an unknown context",
      file(job.replace("echo", "echo ${{ input.x }}")),
      "Unrecognized named-value: 'input'",
      6,
      19,
    ],
    [
      "a choice without options",
      file(job, "\n  workflow_dispatch:\n    inputs:\n      a:\n        type: choice"),
      "Missing 'options'",
      5,
      9,
    ],
    ["no jobs", "on: push\n", "Required property is missing: jobs", 1, 1],
  ])("names %s and its place", (_, text, message, line, column) => {
    const found = checkWithGithubParser(parseSource(text));
    expect(found[0]?.message).toContain(message);
    expect(found[0]).toMatchObject({ source: "github", severity: "error", line, column });
  });

  it("reads a parsed document as it reads a text", () => {
    const texts = [
      ...templates.map(generateSkillFile),
      file(job.replace("echo", "*x")),
      file(`${job}    env: &a { X: 1, Y: "2" }\n  b:\n${job.slice(5)}    env: *a\n`),
    ];
    for (const text of texts) {
      const own = new YamlObjectReader(1, text);
      const ours = readerOf(1, parseSource(text));
      expect(JSON.stringify(eventsOf(ours))).toBe(JSON.stringify(eventsOf(own)));
    }
  });

  it("has nothing to say about a workflow that works, number inputs and case() included", () => {
    const on = "\n  workflow_dispatch:\n    inputs:\n      n:\n        type: number\n        default: 3";
    expect(
      checkWithGithubParser(parseSource(file(job.replace("echo", "echo ${{ case(inputs.n > 1, 'a', 'b') }}"), on))),
    ).toEqual([]);
  });
});
