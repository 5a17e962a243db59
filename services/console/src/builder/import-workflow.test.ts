import { jobOf, readSkillFile } from "@infraskill/workflow/file/read";
import { expect, it } from "vitest";
import { importWorkflow } from "./import-workflow.ts";

const workflow = `name: Nightly
on:
  push:
  workflow_dispatch:
    inputs:
      region: { type: string, required: true }
env: { LEVEL: info, TARGET: all }
permissions: { contents: read, issues: none }
concurrency: nightly
jobs:
  build:
    runs-on: ubuntu-24.04
    if: github.ref == 'refs/heads/main'
    container: node:24
    services:
      redis: { image: "redis:7" }
    strategy: { matrix: { node: [22, 24] } }
    env: { TARGET: some }
    defaults: { run: { working-directory: app } }
    steps:
      - run: make
  deploy:
    runs-on: ubuntu-latest
    steps: [{ run: ship }]
`;

it("carries over what holds for the steps of an imported workflow, and names what it leaves behind", () => {
  const made = importWorkflow(workflow, "x.yml", "oidc");
  if (!made.ok) throw new Error(made.message);
  const execute = jobOf(readSkillFile(made.content.yaml_content), "execute");
  expect(execute?.node?.toJSON()).toMatchObject({
    container: "node:24",
    services: { redis: { image: "redis:7" } },
    permissions: { contents: "read" },
    env: { REGION: "${{ inputs.region }}", LEVEL: "info", TARGET: "some" },
    defaults: { run: { shell: "bash", "working-directory": "app" } },
  });
  expect(made.left_behind.toSorted()).toEqual(["concurrency", "if", "job deploy", "on push", "strategy"]);
});

it("names permissions that are more than a skill may have", () => {
  const made = importWorkflow("permissions: write-all\njobs: { a: { steps: [{ run: ls }] } }\n", "x.yml", "oidc");
  expect(made).toMatchObject({ ok: true, left_behind: ["permissions"] });
});
