import { describe, expect, it } from "vitest";
import { GithubRun } from "./github-run.ts";
import { RunFacts } from "./worker-events.ts";

const run = {
  id: 7,
  run_attempt: 2,
  html_url: "https://github.com/o/r/actions/runs/7",
  head_sha: "a".repeat(40),
  path: ".github/workflows/skill-x.yml",
  display_title: "x · 1",
  status: "completed",
  conclusion: "success",
};

describe("GithubRun", () => {
  it.each([
    ["keeps the run's own words", {}, {}],
    ["cuts the ref off the path", { path: ".github/workflows/skill-x.yml@refs/tags/skill/x/1" }, {}],
    ["counts a missing attempt as the first", { run_attempt: undefined }, { run_attempt: 1 }],
    ["reads a run that goes on", { status: "queued", conclusion: null }, { status: "queued", conclusion: null }],
    ["takes an unknown conclusion for a failure", { conclusion: "exploded" }, { conclusion: "failure" }],
    ["replaces what cannot be stored", { display_title: "x\0\ud800" }, { display_title: "x\ufffd\ufffd" }],
    ["makes a missing title empty", { display_title: undefined }, { display_title: "" }],
  ])("%s", (_, given, expected) => {
    const { id, html_url, ...rest } = run;
    const facts = GithubRun.parse({ ...run, ...given });
    expect(facts).toEqual({ ...rest, run_id: id, run_url: html_url, ...expected });
    expect(RunFacts.parse(facts)).toEqual(facts);
  });

  it("refuses what is no run", () => {
    expect(GithubRun.safeParse({ ...run, head_sha: "main" }).success).toBe(false);
  });
});
