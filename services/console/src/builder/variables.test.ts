import { generateSkillFile } from "@infraskill/workflow/skill/generate";
import { jobOf, readSkillFile } from "@infraskill/workflow/file/read";
import { expect, it } from "vitest";
import { stepFrom, timeoutFits } from "./command.ts";
import { isRepositoryName, usedIn, variablesFor } from "./variables.ts";

const definition = {
  name: "a",
  inputs_schema: { type: "object", properties: { "cluster-name": { type: "string" } } },
  outputs_schema: { type: "object", properties: { count: { type: "number" } } },
  commands: [
    { run: 'echo "pods=3" >> "$GITHUB_OUTPUT"', env: { TOKEN: "${{ secrets.DEPLOY_TOKEN }}", ZONE: "${{ vars.ZONE }}" } },
    { run: "true" },
  ],
}; // prettier-ignore
const yaml_content = generateSkillFile(definition);
const draft = { ...definition, description: "", category: "", yaml_content, base: null };
const steps = jobOf(readSkillFile(yaml_content), "execute")!.steps;

it("offers what a step at its place can use, by variables", () => {
  const groups = Object.fromEntries(variablesFor(draft, steps).map(({ title, variables }) => [title, variables]));
  expect(groups["Inputs"]).toEqual([
    { label: "cluster-name", text: '"$CLUSTER_NAME"', env: ["CLUSTER_NAME", "${{ inputs.cluster-name }}"] },
  ]);
  expect(groups["Earlier steps"]?.map(({ label }) => label)).toContain("step1.pods");
  expect(groups["Secrets"]?.map(({ env }) => env)).toEqual([["DEPLOY_TOKEN", "${{ secrets.DEPLOY_TOKEN }}"]]);
  expect(groups["Variables"]?.map(({ label }) => label)).toEqual(["ZONE"]);
  expect(variablesFor(draft, steps, 0).some(({ title }) => title === "Earlier steps")).toBe(false);
});

it("knows names of secrets", () => {
  expect(["A_B1", "_X"].every(isRepositoryName)).toBe(true);
  expect(["a", "1A", "GITHUB_X", "A-B", ""].some(isRepositoryName)).toBe(false);
});

it("gives every field of the dialog its effect", () => {
  const command = {
    run: 'echo "$A"', name: " Say ", directory: "app", condition: "always()", timeout: "5", goOn: true,
    env: { A: "1", B: "2" }, shell: undefined,
  }; // prettier-ignore
  expect(stepFrom(command, "step3")).toEqual({
    id: "step3", name: "Say", if: "always()", continue_on_error: true, timeout_minutes: 5, env: { A: "1" },
    working_directory: "app", run: 'echo "$A"',
  }); // prettier-ignore
  expect(usedIn("${A} $AB", { A: "1", B: "2" })).toEqual({ A: "1" });
  expect(["", "1", "360"].every(timeoutFits)).toBe(true);
  expect(["0", "361", "1.5", "x"].some(timeoutFits)).toBe(false);
});
