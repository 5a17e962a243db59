import { createRequire } from "node:module";
import { WebhookFact } from "@infraskill/contracts/worker-events";
import { describe, expect, it } from "vitest";
import { interpret } from "./interpret.ts";

type Example = { name: string; examples: { repository?: { full_name?: string } }[] };
const require = createRequire(import.meta.url);
const recorded = require("@octokit/webhooks-examples") as Example[];

const repository = { full_name: "acme/skills", default_branch: "main" };
const sha = "c".repeat(40);
const path = ".github/workflows/skill-restart.yml";
const run = {
  id: 9,
  event: "workflow_dispatch",
  run_attempt: 1,
  html_url: "https://github.com/acme/skills/actions/runs/9",
  head_sha: sha,
  path,
  display_title: "restart · 1",
  status: "in_progress",
  conclusion: null,
};
const { id: run_id, html_url: run_url, event: _, ...rest } = run;
const closed = (pull_request: object) => ({
  repository,
  action: "closed",
  pull_request: { number: 4, ...pull_request },
});
const push = (commits: object[], ref = "refs/heads/main") => ({ repository, ref, commits });

describe("interpret", () => {
  it.each([
    [
      "a merge",
      "pull_request",
      closed({ merged: true, merge_commit_sha: sha }),
      { type: "pull_request_merged", pr_number: 4, merge_commit_sha: sha },
    ],
    [
      "a close that carries a commit all the same",
      "pull_request",
      closed({ merged: false, merge_commit_sha: sha }),
      { type: "pull_request_closed", pr_number: 4 },
    ],
    [
      "a reopening",
      "pull_request",
      { ...closed({}), action: "reopened" },
      { type: "pull_request_reopened", pr_number: 4 },
    ],
    [
      "a skill's run",
      "workflow_run",
      { repository, action: "in_progress", workflow_run: run },
      { type: "run_observed", run: { ...rest, run_id, run_url } },
    ],
  ])("reads %s", (_what, event, payload, fact) => {
    expect(interpret(event, payload, "Acme/Skills")).toEqual({ facts: [fact], skill_files: [] });
  });

  it.each(["opened", "synchronize"])("has the head of a skill's pull request checked when it is %s", (action) => {
    const head = { ref: "infraskill/restart/r2", sha, repo: { full_name: "acme/skills" } };
    const payload = (given: object) => ({
      repository,
      action,
      pull_request: { number: 4, head: { ...head, ...given } },
    });
    const pull_head = { skill_name: "restart", revision: 2, head_sha: sha };
    expect(interpret("pull_request", payload({}), "acme/skills")).toEqual({ facts: [], skill_files: [], pull_head });
    for (const other of [
      { ref: "feature" },
      { ref: "infraskill/../r1" },
      { repo: { full_name: "eve/skills" } },
      { repo: null },
    ]) {
      expect(interpret("pull_request", payload(other), "acme/skills")).toHaveProperty("ignored");
    }
  });

  it("names each skill file a push to the default branch touched, once", () => {
    const other = ".github/workflows/skill-gone.yml";
    const commits = [{ added: ["a.txt", path] }, { modified: [path], removed: [other, ".github/workflows/ci.yml"] }];
    expect(interpret("push", push(commits), "acme/skills")).toEqual({ facts: [], skill_files: [path, other] });
  });

  it.each([
    [
      "another repository",
      "pull_request",
      { ...closed({ merged: true, merge_commit_sha: sha }), repository: { full_name: "acme/other" } },
    ],
    ["a merge without a commit", "pull_request", closed({ merged: true, merge_commit_sha: null })],
    ["a synchronised pull request", "pull_request", { ...closed({}), action: "synchronize" }],
    ["a push beside the default branch", "push", push([{ added: [path] }], "refs/heads/next")],
    ["a push of a tag named like the default branch", "push", push([{ added: [path] }], "refs/tags/main")],
    ["a push of other files", "push", push([{ added: ["skill-restart.yml", `x/${path}`] }])],
    ["a run nobody dispatched", "workflow_run", { repository, workflow_run: { ...run, event: "push" } }],
    [
      "a run of another workflow",
      "workflow_run",
      { repository, workflow_run: { ...run, path: ".github/workflows/ci.yml" } },
    ],
    ["a star", "star", { repository }],
    ["an event named like a member of every object", "constructor", { repository }],
    ["a body that is no object", "push", null],
    ["a body of another event", "push", closed({})],
  ])("ignores %s with a reason", (_what, event, payload) => {
    expect(interpret(event, payload, "acme/skills")).toEqual({ ignored: expect.any(String) });
  });

  it("takes every recorded payload, as ours and as another's", () => {
    let seen = 0;
    for (const { name, examples: payloads } of recorded) {
      for (const payload of payloads) {
        for (const ours of [payload.repository?.full_name ?? "acme/skills", "acme/skills"]) {
          const read = interpret(name, payload, ours);
          for (const fact of "facts" in read ? read.facts : []) WebhookFact.parse(fact);
        }
        seen += 1;
      }
    }
    expect(seen).toBe(329);
  });
});
