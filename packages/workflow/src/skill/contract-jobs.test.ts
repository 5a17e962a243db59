import { describe, expect, it } from "vitest";
import { checkText } from "../check.ts";
import { evaluateTemplate, parseTemplate } from "../evaluate/value-template.ts";
import { applyAllFixes } from "../fix.ts";
import { baseDefinition } from "../rule-pages/rule-page.ts";
import { reportSteps, resultBody, resultOfExecute } from "./contract-jobs.ts";
import { generateSkillFile } from "./generate.ts";

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

describe("what bends a contract job", () => {
  const { name } = baseDefinition;
  const whole = generateSkillFile(baseDefinition);
  const claimStep = /      - name: Ask infraskill[\s\S]*?(?=  execute:)/.exec(whole)![0];
  const found = (text: string) => checkText(text, { name }).diagnostics.filter(({ severity }) => severity === "error");

  it.each([
    [
      "a second step with infraskill's script and code of its own",
      "claim-job",
      whole.replace(claimStep, (step) => step + step.replace("env:\n", "env:\n          BASH_ENV: $(./prepare.sh)\n")),
    ],
    [
      "another step beside a script of its own",
      "claim-job",
      whole
        .replace("umask 077\n", "umask 077\n          ./prepare.sh\n")
        .replace(claimStep.split("\n")[0]!, (line) => `      - run: ./prepare.sh\n${line}`),
    ],
    [
      "the file's default shell, where the step names none",
      "report-job",
      whole
        .replace("infraskill\n        shell: bash\n", "infraskill\n")
        .replace("permissions: {}\n", "permissions: {}\ndefaults:\n  run:\n    shell: ./shell {0}\n"),
    ],
    [
      "variables that are only known when it runs",
      "report-job",
      whole.replace("    name: Report\n", "    name: Report\n    env: ${{ fromJSON(vars.SETTINGS) }}\n"),
    ],
    [
      "an image that is only known when it runs",
      "claim-job",
      whole.replace("    name: Claim\n", "    name: Claim\n    container: ${{ vars.IMAGE }}\n"),
    ],
  ])("is found and mended: %s", (_, rule, text) => {
    expect(text).not.toBe(whole);
    expect(found(text).map((one) => one.rule)).toContain(rule);
    expect(found(applyAllFixes(text, { name }).text)).toEqual([]);
  });

  it("is found in a called workflow, which no fix can turn into a job with steps", () => {
    const called = whole.replace(
      /    name: Claim\n[\s\S]*?(?=  execute:)/,
      "    permissions:\n      id-token: write\n    uses: acme/skills/.github/workflows/claim.yml@v1\n",
    );
    expect(found(called)).toContainEqual(expect.objectContaining({ rule: "claim-job", fix: null }));
    expect(applyAllFixes(called, { name }).text).toContain("    uses: acme/skills");
  });

  it("is not what a runner needs that takes only jobs in containers", () => {
    const image = `registry.example/tools@sha256:${"0a".repeat(32)}`;
    expect(found(whole.replace("    name: Claim\n", `    name: Claim\n    container: ${image}\n`))).toEqual([]);
  });
});
