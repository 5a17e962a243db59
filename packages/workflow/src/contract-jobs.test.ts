import { describe, expect, it } from "vitest";
import { checkText } from "./check.ts";
import { reportSteps, resultBody, resultOfExecute } from "./contract-jobs.ts";
import { applyAllFixes } from "./fix.ts";
import { generateSkillFile } from "./generate.ts";
import { baseDefinition } from "./rule-page.ts";
import { evaluateTemplate, parseTemplate } from "./value-template.ts";

/** Evaluates RESULT by GitHub's own expression library. */
function reportedBy(results: Record<string, string>, outputs: Record<string, string> = {}) {
  const { env } = reportSteps("oidc")[0] as { env: { RESULT: string } };
  const parsed = parseTemplate(env.RESULT, ["inputs", "needs", "github"]);
  if (!parsed.ok) throw new Error(parsed.detail);
  const needs = Object.fromEntries(
    Object.entries(results).map(([job, result]) => [job, { result, outputs: job === "execute" ? outputs : {} }]),
  );
  const evaluated = evaluateTemplate(parsed.template, {
    inputs: { execution_id: "e-1", callback_url: "http://localhost/callback" },
    needs,
    github: { server_url: "https://github.test", repository: "acme/skills", run_id: "7" },
  });
  if (!evaluated.ok) throw new Error(evaluated.detail);
  return JSON.parse(String(evaluated.value)) as Record<string, unknown>;
}

it("tells what a run has come to, with the outputs as they are", () => {
  expect(reportedBy({ claim: "success", execute: "success" }, { said: 'it "works"\n' })).toEqual({
    execution_id: "e-1",
    status: "success",
    outputs: { said: 'it "works"\n' },
    logs_url: "https://github.test/acme/skills/actions/runs/7",
  });
});

it.each([
  ["success", { execute: "success", verify: "success" }],
  ["success", { execute: "success", notify: "skipped" }],
  ["failure", { execute: "failure" }],
  ["failure", { execute: "success", verify: "failure" }],
  ["failure", { execute: "skipped", prepare: "failure" }],
  ["cancelled", { execute: "cancelled", prepare: "failure" }],
  ["cancelled", { execute: "cancelled" }],
  ["cancelled", { execute: "success", verify: "cancelled" }],
  ["cancelled", { execute: "skipped" }],
])("says %s of the results %o", (status, results) => {
  expect(reportedBy({ claim: "success", ...results })["status"]).toBe(status);
});

describe("a file that tells the result of execute alone, as all did once", () => {
  const before = generateSkillFile(baseDefinition).replace(resultBody, () => resultOfExecute);
  const { name } = baseDefinition;
  const found = (text: string) => checkText(text, { name }).diagnostics.filter(({ rule }) => rule === "report-job");

  it("is as good as ever", () => {
    expect(before).toContain("toJSON(needs.execute.result == 'success' && 'success' || needs.execute.result");
    expect(found(before)).toEqual([]);
  });

  it("is wrong where another job may fail, which its fix mends", () => {
    const more = before
      .replace(
        "  report:\n",
        "  verify:\n    needs: execute\n    runs-on: x\n    timeout-minutes: 5\n    steps:\n      - run: exit 1\n  report:\n",
      )
      .replace("      - execute\n", "      - execute\n      - verify\n");
    expect(found(more)).toMatchObject([{ severity: "error", message: expect.stringContaining("a failure of verify") }]);
    expect(found(applyAllFixes(more, { name }).text)).toEqual([]);
  });
});
