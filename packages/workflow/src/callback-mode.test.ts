import { callbackModes, callbackSecretName } from "@infraskill/contracts/callback-mode";
import { describe, expect, it } from "vitest";
import { checkText } from "./check.ts";
import { jobOf, readSkillFile } from "./file/read.ts";
import { applyAllFixes } from "./fix.ts";
import { baseDefinition } from "./rule-pages/rule-page.ts";
import { generateSkillFile } from "./skill/generate.ts";
import { templates } from "./templates.ts";

const { name, inputs_schema, outputs_schema } = baseDefinition;
const fileFor = Object.fromEntries(
  callbackModes.map((callback_mode) => [callback_mode, generateSkillFile({ ...baseDefinition, callback_mode })]),
) as Record<(typeof callbackModes)[number], string>;
const check = (text: string, callback_mode: (typeof callbackModes)[number]) =>
  checkText(text, { name, inputs_schema, outputs_schema, callback_mode }).diagnostics;

describe.each(callbackModes)("a file made for %s", (mode) => {
  const other = callbackModes.find((one) => one !== mode)!;

  it("passes the checks of its mode without a word, as every template does", () => {
    expect(check(fileFor[mode], mode)).toEqual([]);
    for (const template of templates) {
      const text = generateSkillFile({ ...template, callback_mode: mode });
      expect([template.name, checkText(text, { ...template, callback_mode: mode }).diagnostics]).toEqual([
        template.name,
        [],
      ]);
    }
  });

  it("is refused where the other mode is set, and can be fixed there", () => {
    const errors = check(fileFor[mode], other).filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule }) => rule)).toEqual(expect.arrayContaining(["claim-job", "report-job"]));
    expect(errors.map(({ message }) => message).join()).toContain(`CALLBACK_MODE=${other}`);
    const fixed = applyAllFixes(fileFor[mode], { name, inputs_schema, outputs_schema, callback_mode: other });
    expect(check(fixed.text, other)).toEqual([]);
  });
});

describe("the secret that runs sign with", () => {
  it("is given to infraskill's own steps of claim and report only, as their environment", () => {
    expect(fileFor.hmac.split(callbackSecretName)).toHaveLength(1 + 2 * 2);
    const file = readSkillFile(fileFor.hmac);
    const having = (id: string) =>
      jobOf(file, id)?.steps.flatMap(({ env }) => env.filter(({ value }) => value.value.includes(callbackSecretName)));
    expect([having("claim")?.length, having("execute")?.length, having("report")?.length]).toEqual([1, 0, 1]);
    expect(fileFor.oidc).not.toContain(callbackSecretName);
  });

  it.each([
    ["by its name", `\${{ secrets.${callbackSecretName} }}`],
    ["in other letters", `\${{ secrets.${callbackSecretName.toLowerCase()} }}`],
    ["by an index", `\${{ secrets['${callbackSecretName}'] }}`],
    ["inside a function", `\${{ format('{0}', secrets.${callbackSecretName}) }}`],
  ])("may not be handed to another step %s", (_what, value) => {
    for (const mode of callbackModes) {
      const text = fileFor[mode].replace(
        "      - id: step1\n",
        `      - id: step1\n        env:\n          KEY: "${value}"\n`,
      );
      expect(check(text, mode).map(({ rule, severity }) => `${rule} ${severity}`)).toContain("callback-secret error");
    }
  });

  it("may not be taken by a changed script under the same variable", () => {
    const text = fileFor.hmac.replace(
      "umask 077",
      'echo "$CALLBACK_SECRET" | rev\numask 077'.replace("\n", "\n          "),
    );
    expect(check(text, "hmac").map(({ rule }) => rule)).toContain("callback-secret");
  });
});
