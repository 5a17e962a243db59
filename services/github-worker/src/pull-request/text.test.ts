import { generateSkillFile } from "@infraskill/workflow/generate";
import { describe, expect, it } from "vitest";
import { bodyOf, titleOf } from "./text.ts";

const inputs_schema = {
  type: "object",
  properties: {
    cluster: { type: "string", description: "Which | one\n# @everyone", enum: ["a`b", "c"] },
    count: { type: "integer", default: 3 },
  },
  required: ["cluster"],
};
const outputs_schema = { type: "object", properties: { healthy: { type: "boolean" } } };
const subject = {
  skill_name: "restart",
  revision: 1,
  description: "Restarts.\n```\n<script>alert(1)</script> closes #7",
  inputs_schema,
  outputs_schema,
  yaml_content: generateSkillFile({ name: "restart", inputs_schema, outputs_schema, commands: [{ run: "true" }] }),
  created_by: "alice\n# admin",
  active: null,
  replaced_pr_numbers: [],
};
const active = { revision: 1, commit_hash: "c".repeat(40), inputs_schema, outputs_schema, yaml_content: "" };

describe("titleOf", () => {
  it("tells a new skill from a change", () => {
    expect(titleOf(subject)).toBe("Add skill restart (revision 1)");
    expect(titleOf({ ...subject, revision: 2, active })).toBe("Change skill restart (revision 2)");
  });
});

describe("bodyOf", () => {
  it("says what the skill takes, gives and may do, with every foreign word as code", () => {
    expect(bodyOf(subject, "oidc")).toBe(
      [
        "Revision 1 of the skill ` restart `, asked for by ` alice # admin `.",
        "````text\nRestarts.\n```\n<script>alert(1)</script> closes #7\n````",
        "### Inputs",
        [
          "| name | type | required | default | description |",
          "| --- | --- | --- | --- | --- |",
          "| ` cluster ` | `` one of a`b, c `` | yes |  | ` Which \\| one # @everyone ` |",
          "| ` count ` | number | no | ` 3 ` |  |",
        ].join("\n"),
        "### Outputs",
        "| name | type | description |\n| --- | --- | --- |\n| ` healthy ` | boolean |  |",
        "### Permissions",
        [
          "| job | GITHUB_TOKEN may |",
          "| --- | --- |",
          "| ` claim ` | ` id-token: write ` |",
          "| ` execute ` | nothing |",
          "| ` report ` | ` id-token: write ` |",
        ].join("\n"),
        "### Actions",
        "None: it runs shell scripts only.",
        "### Checks",
        "Nothing to remark.",
        "### When this is merged",
        "The text of ` .github/workflows/skill-restart.yml ` at the merge commit becomes executable: by people, by programs and as a step of tasks. " +
          "If it is edited here, the edited text is checked again. Closing this pull request rejects the revision.",
      ].join("\n\n"),
    );
  });

  it("names the revision it follows, and stays within GitHub's 65,536 characters for the largest skill", () => {
    const many = Object.fromEntries(
      Array.from({ length: 23 }, (_, n) => [
        `i${n}${"x".repeat(95)}`,
        { type: "string", description: "`".repeat(1_000), default: "y".repeat(900) },
      ]),
    );
    const outputs = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`o${n}`, many[Object.keys(many)[0] ?? ""]]),
    );
    const changed = {
      ...subject,
      revision: 2,
      active,
      replaced_pr_numbers: [4, 6],
      inputs_schema: { type: "object", properties: many },
      outputs_schema: { type: "object", properties: { ...many, ...outputs } },
    };
    const body = bodyOf(changed, "oidc");
    expect(body).toContain("It takes the place of #4, #6.");
    expect(body).toContain("to follow revision 1 (cccccccccc)");
    expect(body).toContain("### What changes");
    expect(body.length).toBeLessThan(65_536);
  });

  it("names the actions that run, with their versions, and what the checks remark", () => {
    const commands = [
      { uses: `actions/checkout@${"a".repeat(40)}`, version: "v4.2.2" },
      { run: "echo ${{ inputs.count }}" },
    ];
    const yaml_content = generateSkillFile({ name: "restart", inputs_schema, outputs_schema: {}, commands });
    const body = bodyOf({ ...subject, outputs_schema: {}, yaml_content }, "oidc");
    expect(body).toContain(`| \` actions/checkout@${"a".repeat(40)} \` | \` v4.2.2 \` | \` execute \` |`);
    expect(body).toMatch(/\| warning \| ` template-injection ` \| \d+ \| /);
  });

  it("also describes a text that is no workflow", () => {
    expect(bodyOf({ ...subject, yaml_content: "- a" }, "oidc")).toContain("The file declares no jobs.");
  });
});
