import { SkillDraft } from "@infraskill/contracts/skill";
import { describe, expect, it } from "vitest";
import { makeSkillText } from "./skill-text.ts";

const draft = (body: object) => SkillDraft.parse({ name: "say-hello", ...body });

describe("makeSkillText", () => {
  it("keeps a whole file as it is", () => {
    const made = makeSkillText(draft({ yaml_content: "name: x # mine\n" }), "oidc");
    expect(made).toMatchObject({ ok: true, skill: { name: "say-hello", yaml_content: "name: x # mine\n" } });
  });

  it("makes a file from commands and hands on nothing else", () => {
    const made = makeSkillText(draft({ commands: [{ run: "echo hi" }], runs_on: "linux", timeout_minutes: 3 }), "oidc");
    expect(made.ok && Object.keys(made.skill).sort()).toEqual(
      ["category", "description", "inputs_schema", "name", "outputs_schema", "yaml_content"].sort(),
    );
    expect(made.ok && made.skill.yaml_content).toContain("echo hi");
  });

  it("makes it for the mode in which runs prove themselves", () => {
    const made = makeSkillText(draft({ commands: [{ run: "echo hi" }] }), "hmac");
    expect(made.ok && made.skill.yaml_content).toContain("secrets.INFRASKILL_CALLBACK_SECRET");
    expect(made.ok && made.skill.yaml_content).not.toContain("id-token");
  });

  it.each([
    ["a file", { yaml_content: "name: x" }],
    ["commands", { commands: [{ run: "true" }] }],
  ])("says where the schemas of %s cannot be used", (_what, text) => {
    const made = makeSkillText(
      draft({ ...text, inputs_schema: { type: "object", properties: { a: { type: "array" } } } }),
      "oidc",
    );
    expect(made.ok ? [] : made.errors.map(({ pointer }) => pointer)).toEqual([
      expect.stringMatching(/^\/inputs_schema\/properties\/a/),
    ]);
  });
});
