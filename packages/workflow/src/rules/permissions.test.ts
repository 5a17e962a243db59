import { expect, it } from "vitest";
import { applyAllFixes } from "../fix.ts";

const checkout = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683";
const workflow = (top: string) => `on: workflow_dispatch
${top}jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - uses: ${checkout}
  tell:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
      - run: echo done
`;

it.each(["", "permissions: write-all\n"])("leaves a job that checks out what it needs, in place of %j", (top) => {
  const { text } = applyAllFixes(workflow(top), { contract: false });
  expect(text).toBe(
    workflow("permissions: {}\n").replace(
      "runs-on: ubuntu-latest\n",
      "runs-on: ubuntu-latest\n    permissions:\n      contents: read\n",
    ),
  );
});
