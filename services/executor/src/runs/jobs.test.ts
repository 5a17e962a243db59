import { JobRun } from "@infraskill/contracts/execution";
import { describe, expect, it } from "vitest";
import { failingStep, GithubJob } from "./jobs.ts";

const step = (number: number, name: string, conclusion: string | null) => ({
  number,
  name,
  status: conclusion === null ? "in_progress" : "completed",
  conclusion,
  started_at: "2026-05-01T12:00:00Z",
  completed_at: conclusion === null ? null : "2026-05-01T12:00:01.000Z",
});
const job = (name: string, conclusion: string | null, steps: object[] = []) => ({
  id: 5,
  run_attempt: 2,
  ...step(0, name, conclusion),
  steps,
});

describe("GithubJob", () => {
  it("keeps steps with timings", () => {
    const read = GithubJob.parse(job("execute", null, [step(1, "Set up job", "success"), step(2, "a\0b", null)]));
    expect(JobRun.parse(read)).toEqual({
      job_id: 5,
      attempt: 2,
      name: "execute",
      status: "in_progress",
      conclusion: null,
      started_at: "2026-05-01T12:00:00.000Z",
      completed_at: null,
      steps: [
        {
          number: 1,
          name: "Set up job",
          status: "completed",
          conclusion: "success",
          started_at: "2026-05-01T12:00:00.000Z",
          completed_at: "2026-05-01T12:00:01.000Z",
        },
        {
          number: 2,
          name: "a\ufffdb",
          status: "in_progress",
          conclusion: null,
          started_at: "2026-05-01T12:00:00.000Z",
          completed_at: null,
        },
      ],
    });
  });

  it.each([
    ["a job that never ran", { started_at: "0001-01-01T00:00:00Z", completed_at: null, steps: undefined }],
    ["times that are none", { started_at: "soon", completed_at: "", steps: null }],
  ])("reads %s", (_, given) => {
    const read = GithubJob.parse({ ...job("execute", "skipped"), ...given });
    expect(read).toMatchObject({ started_at: null, completed_at: null, steps: [] });
  });
});

describe("failingStep", () => {
  const read = (...jobs: object[]) => failingStep(jobs.map((item) => GithubJob.parse(item)));
  it.each([
    ["none when all went well", [job("claim", "success"), job("execute", "success")], undefined],
    [
      "the step that failed",
      [job("claim", "success"), job("execute", "failure", [step(1, "a", "success"), step(2, "Check", "failure")])],
      "execute: Check",
    ],
    ["the job when its runner was lost", [job("execute", "failure", [step(1, "a", "cancelled")])], "execute"],
    [
      "the first of two",
      [job("claim", "failure", [step(1, "Ask", "failure")]), job("execute", "skipped")],
      "claim: Ask",
    ],
  ])("names %s", (_, jobs, named) => {
    expect(read(...jobs)).toBe(named);
  });
});
