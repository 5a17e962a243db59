import { describe, expect, it } from "vitest";
import { evaluateConcurrency, evaluateRunName } from "./run-name.ts";
import type { RunRequest } from "./types.ts";

const jobs = "jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n";

function request(head: string, more: Partial<RunRequest> = {}): RunRequest {
  return {
    workflow_text: `${head}\non: workflow_dispatch\n${jobs}`,
    workflow_path: ".github/workflows/x.yml",
    repository: { id: 1, full_name: "acme/infra", owner: "acme", default_branch: "main", git_dir: "" },
    ref: "refs/heads/main",
    sha: "0".repeat(40),
    event_name: "workflow_dispatch",
    event: {},
    inputs: { execution_id: "e-1" },
    run: { id: 1, number: 4, attempt: 1 },
    actor: "alice",
    server_url: "http://x",
    api_url: "http://x/api/v3",
    github_token: "t",
    vars: {},
    secrets: {},
    oidc: null,
    work_dir: "",
    limits: {},
    ...more,
  };
}

describe("evaluateRunName", () => {
  it.each([
    ['run-name: "restart · ${{ inputs.execution_id }}"', {}, "restart · e-1"],
    ["run-name: ${{ github.event.nothing }}\nname: Restart", {}, "Restart"],
    ["name: Restart", {}, "Restart"],
    ["", {}, ".github/workflows/x.yml"],
    ["name: CI", { event_name: "push", event: { head_commit: { message: "Fix it\n\nbecause" } } }, "Fix it"],
    ["name: CI", { event_name: "pull_request", event: { pull_request: { title: "Add it" } } }, "Add it"],
    [
      "run-name: 'by @${{ github.actor }} in ${{ github.ref_name }} #${{ github.run_number }}'",
      {},
      "by @alice in main #4",
    ],
  ])("%s", (head, more, title) => {
    expect(evaluateRunName(request(head, more))).toBe(title);
  });
});

describe("evaluateConcurrency", () => {
  it.each([
    ["", null],
    ["concurrency: only-${{ github.ref_name }}", { group: "only-main", cancel_in_progress: false, queue: "single" }],
    [
      "concurrency: { group: g, cancel-in-progress: \"${{ github.ref_name == 'main' }}\" }",
      { group: "g", cancel_in_progress: true, queue: "single" },
    ],
    ["concurrency: { group: g, queue: max }", { group: "g", cancel_in_progress: false, queue: "max" }],
  ])("%s", (head, expected) => {
    expect(evaluateConcurrency(request(head))).toEqual(expected);
  });
});
