import { expect, it } from "vitest";
import { matchRun } from "./match-run.ts";

const execution = { skill_name: "restart", execution_id: "2f1c" };
const run = (run_id: number, display_title: string) => ({
  run_id,
  display_title,
  run_attempt: 1,
  run_url: "",
  head_sha: "c".repeat(40),
  path: "",
  status: "queued",
  conclusion: null,
});

it.each([
  ["nothing among none", [], undefined],
  [
    "nothing among others",
    [run(1, "restart · 2f1d"), run(2, "restart-all · 2f1c"), run(3, "restart - 2f1c")],
    undefined,
  ],
  ["its own run", [run(1, "restart · 2f1d"), run(2, "restart · 2f1c")], 2],
  ["the first of two runs of one execution", [run(9, "restart · 2f1c"), run(7, "restart · 2f1c")], 7],
])("finds %s", (_, runs, run_id) => {
  expect(matchRun(runs, execution)?.run_id).toBe(run_id);
});
