import { expect, it } from "vitest";
import { judgeTask, type TaskFacts } from "./judge-tasks.ts";

const statuses = (...given: string[]): TaskFacts["steps"] =>
  given.map((status, index) => ({
    index,
    status,
    execution_id: status === "skipped" || status === "failed" ? null : `x${index}`,
    given: { key: index === 0 ? "${{ task.inputs.key }}" : `\${{ steps.${index - 1}.outputs.next }}` },
  }));
const whole = statuses("succeeded", "succeeded", "succeeded", "succeeded", "succeeded");
const broken = statuses("succeeded", "succeeded", "failed", "skipped", "skipped");
const effects = (count: number) => (key: string) => (key.length - 1 <= count - 1 ? 1 : 0);

it("finds nothing wrong with a task that carried every step out", () => {
  const task = { id: "1", status: "succeeded", failure_code: null, steps: whole };
  expect(judgeTask("t", task, new Set(), effects(5))).toEqual({ wrong: [] });
  // Nobody reads what the last step brought.
  expect(judgeTask("t", task, new Set(["x4"]), effects(5))).toEqual({ wrong: [] });
});

it("explains a failure by the report of the very step whose outputs are read", () => {
  const task = { id: "1", status: "failed", failure_code: "inputs_refused", steps: broken };
  const { explained, wrong } = judgeTask("t", task, new Set(["x1"]), effects(2));
  expect(wrong).toEqual([]);
  expect(explained).toContain("failed at step 2: the run of step 1 gave its report up");
});

it.each<[string, TaskFacts, string[], number]>([
  ["whose other step gave up", { id: "1", status: "failed", failure_code: "inputs_refused", steps: broken }, ["x0"], 2],
  ["without a report given up", { id: "1", status: "failed", failure_code: "inputs_refused", steps: broken }, [], 2],
  ["for another reason", { id: "1", status: "failed", failure_code: "step_failed", steps: broken }, ["x1"], 2],
  ["that went on after it", { id: "1", status: "failed", failure_code: "inputs_refused", steps: broken }, ["x1"], 4],
  ["that should have failed", { id: "1", status: "succeeded", failure_code: null, steps: whole }, ["x1"], 5],
  ["with an effect missing", { id: "1", status: "succeeded", failure_code: null, steps: whole }, [], 4],
])("calls a task wrong %s", (_, task, given_up, count) => {
  const verdict = judgeTask("t", task, new Set(given_up), effects(count));
  expect(verdict.wrong).not.toEqual([]);
  expect(verdict.explained).toBeUndefined();
});
