import { describe, expect, it } from "vitest";
import { loadWorkflow, parseWorkflow } from "./parse.ts";

const path = ".github/workflows/deploy.yml";
const jobs = "jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n";

/** Nine lists, each of nine times the one before: 9^9 items when unfolded. */
const bomb = Array.from({ length: 9 }, (_, at) => {
  const item = at === 0 ? "a" : `*x${at - 1}`;
  return `x${at}: &x${at} [${Array(9).fill(item).join(",")}]`;
}).join("\n");

describe("parseWorkflow", () => {
  it("describes triggers and typed inputs", () => {
    const text = `name: Deploy
run-name: "Deploy \${{ inputs.tag }}"
on:
  push: { branches: [main] }
  workflow_dispatch:
    inputs:
      tag: { required: true, description: What }
      count: { type: number, default: 2 }
      dry: { type: boolean, default: false }
      size: { type: choice, options: [s, m] }
permissions: {}
${jobs}`;
    const parsed = parseWorkflow(text, path);
    expect(parsed).toMatchObject({
      ok: true,
      workflow: {
        name: "Deploy",
        run_name: "Deploy ${{ inputs.tag }}",
        events: ["push", "workflow_dispatch"],
        event_filters: { push: { branches: ["main"] } },
        permissions: { metadata: "read" },
        has_concurrency: false,
        job_ids: ["a"],
        dispatch_inputs: [
          { name: "tag", type: "string", required: true, description: "What", default: null, options: [] },
          { name: "count", type: "number", required: false, description: null, default: 2, options: [] },
          { name: "dry", type: "boolean", required: false, description: null, default: false, options: [] },
          { name: "size", type: "choice", required: false, description: null, default: null, options: ["s", "m"] },
        ],
      },
    });
  });

  it.each(["on: push", "on: [push]", "on:\n  push:"])("reads %j", (on) => {
    expect(parseWorkflow(`${on}\n${jobs}`, path)).toMatchObject({
      ok: true,
      workflow: { name: path, events: ["push"], dispatch_inputs: null, permissions: null },
    });
  });

  it("gives the same answer object again for the same text", () => {
    expect(loadWorkflow(`on: push\n${jobs}`, path)).toBe(loadWorkflow(`on: push\n${jobs}`, path));
  });

  it.each([
    [
      "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ nope.x }}\n",
      "Unrecognized named-value: 'nope'",
      6,
    ],
    [
      "on: push\njobs:\n  a:\n    needs: b\n    runs-on: x\n    steps: []\n",
      "at least one job with no dependencies",
      3,
    ],
    ["on: push\njobs:\n  a:\n    runs-on: x\n    if: secrets.X\n    steps: []\n", "secrets", 5],
    ["on: push\nfoo: 1\njobs: {}\n", "foo", 2],
    ["a: [", "", 1],
    [`on: push\n${jobs}# ${"x".repeat(512_000)}`, "Maximum object size exceeded", 1],
  ])("refuses %j", (text, message, line) => {
    const parsed = parseWorkflow(text, path);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.errors[0]?.message).toContain(message);
    expect(parsed.errors[0]?.line).toBe(line);
  });

  it("refuses a 26th input", () => {
    const inputs = Array.from({ length: 26 }, (_, at) => `      i${at}: {}\n`).join("");
    expect(parseWorkflow(`on:\n  workflow_dispatch:\n    inputs:\n${inputs}${jobs}`, path)).toMatchObject({
      ok: false,
      errors: [{ message: "You may only define up to 25 `inputs` for a `workflow_dispatch` event" }],
    });
  });

  it("takes anchors and aliases", () => {
    const shared = "on: push\njobs:\n  a: &job\n    runs-on: x\n    steps: [{ run: echo }]\n  b: *job\n";
    expect(parseWorkflow(shared, path)).toMatchObject({ ok: true, workflow: { job_ids: ["a", "b"] } });
  });

  it.each([
    ["multiplied aliases", bomb, "Excessive alias count"],
    ["deep nesting", `x: ${"[".repeat(100_000)}`, "Maximum object depth exceeded"],
    ["an alias of itself", "x: &x [*x]", "Unexpected value 'x'"],
    ["two documents", "---\na: 1\n---", "multiple documents"],
  ])("refuses %s quickly", (_name, text, message) => {
    const started = performance.now();
    const parsed = parseWorkflow(`on: push\n${text}\n${jobs}`, path);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(parsed).toMatchObject({ ok: false, errors: [{ message: expect.stringContaining(message) }] });
  });
});
