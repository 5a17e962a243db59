import type { Diagnostic } from "@infraskill/contracts/diagnostic";
import fc from "fast-check";
import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { generateSkillFile } from "../skill/generate.ts";
import { pullRequestBody, pullRequestTitle } from "./pull-request.ts";

const inputs_schema = {
  type: "object",
  properties: {
    cluster: { type: "string", description: "Which | one\n# @everyone", enum: ["a`b", "c"] },
    count: { type: "integer", default: 3, minimum: 1, maximum: 9 },
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
  diagnostics: [],
  created_by: "alice\n# admin",
  active: null,
  replaced_pr_numbers: [],
  category: "kubernetes",
  concurrency: null,
  file_stands: false,
};
const active = {
  revision: 1,
  commit_hash: "c".repeat(40),
  description: subject.description,
  category: subject.category,
  concurrency: null,
  inputs_schema,
  outputs_schema,
  yaml_content: "",
};

const found = (given: Partial<Diagnostic>): Diagnostic => ({
  source: "infraskill",
  severity: "warning",
  rule: "r",
  message: "m",
  line: 1,
  column: 1,
  end_line: 1,
  end_column: 2,
  fix: null,
  ...given,
});

const hostileWords = [
  "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!--", "-->", "@everyone", "closes #7", "acme/skills#7", "[x](javascript:alert(1))",
  "![x](https://evil.example/x.png)", "https://evil.example", "mailto:a@b.example", "# heading", "\n# heading", "\n---\n", "| a | b |\n| --- | --- |", "```\nout",
  "$$x$$", "&lt;b&gt;", "\u202e", "[1]: https://evil.example", "<details>", "@org/team", "GH-12", "org/repo#12", "$`x`$", "[[link]]", ":tada:", "a\u200b@b", "<https://evil.example>", "~~~", "`@org/team`", "\\`#12\\`", "|#12|",
]; // prettier-ignore

describe("pullRequestTitle", () => {
  it("tells a new skill from a change", () => {
    expect(pullRequestTitle(subject)).toBe("Add skill restart (revision 1)");
    expect(pullRequestTitle({ ...subject, revision: 2, active })).toBe("Change skill restart (revision 2)");
  });
});

describe("pullRequestBody", () => {
  it("says what the skill takes, gives and may do, with every foreign word as code", () => {
    expect(pullRequestBody(subject)).toBe(
      [
        "Revision 1 of the skill ` restart ` (category ` kubernetes `), asked for by ` alice # admin `.",
        "````text\nRestarts.\n```\n<script>alert(1)</script> closes #7\n````",
        "### Inputs",
        [
          "| name | type | values | required | default | description |",
          "| --- | --- | --- | --- | --- | --- |",
          "| ` cluster ` | choice | `` one of a`b, c `` | yes |  | ` Which \\| one # @everyone ` |",
          "| ` count ` | integer | ` from 1; to 9 ` | no | ` 3 ` |  |",
        ].join("\n"),
        "### Outputs",
        "| name | type | description |\n| --- | --- | --- |\n| ` healthy ` | boolean |  |",
        "### Limit",
        "None: any number of executions may run at once.",
        "### Permissions",
        [
          "| job | GITHUB_TOKEN may |",
          "| --- | --- |",
          "| ` claim ` | ` id-token: write ` |",
          "| ` execute ` | nothing |",
          "| ` report ` | ` id-token: write ` |",
        ].join("\n"),
        "### Secrets",
        "None.",
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
    const body = pullRequestBody({
      ...subject,
      revision: 2,
      active,
      replaced_pr_numbers: [4, 6],
      inputs_schema: { type: "object", properties: many },
      outputs_schema: { type: "object", properties: { ...many, ...outputs } },
    });
    expect(body).toContain("It takes the place of #4, #6.");
    expect(body).toContain("to follow revision 1 (cccccccccc)");
    expect(body).toContain("### What changes");
    expect(body.length).toBeLessThan(65_536);
  });

  it("names the limit, with what counts together", () => {
    const limited = (concurrency: { limit: number; group?: string }) =>
      pullRequestBody({ ...subject, concurrency })
        .split("### Limit\n\n")[1]
        ?.split("\n")[0];
    expect(limited({ limit: 1 })).toBe("At most 1 execution at once; others wait for their turn.");
    expect(limited({ limit: 3, group: "${{ inputs.cluster }}" })).toBe(
      "At most 3 executions at once, counted for each ` ${{ inputs.cluster }} `; others wait for their turn.",
    );
    const { concurrency: _, ...untold } = subject;
    expect(pullRequestBody(untold)).not.toContain("### Limit");
  });

  it("says that no file changes where the file stands already, and what changes all the same", () => {
    const body = pullRequestBody({
      ...subject,
      revision: 2,
      file_stands: true,
      concurrency: { limit: 2 },
      category: "operations",
      active: { ...active, yaml_content: subject.yaml_content },
    });
    expect(body).toContain("` .github/workflows/skill-restart.yml ` stands on the default branch with this very text");
    expect(body.split("### What changes\n\n")[1]?.split("\n\n")[0]?.split("\n").slice(2)).toEqual([
      "| skill | category | ` kubernetes ` → ` operations ` | work |",
      "| skill | limit | none → 2 at once | may wait |",
    ]);
    expect(pullRequestBody(subject)).not.toContain("stands on the default branch");
  });

  it("names the actions that run with their versions, and the secrets that are read", () => {
    const commands = [
      { uses: `actions/checkout@${"a".repeat(40)}`, version: "v4.2.2", with: { token: "${{ secrets.DEPLOY_KEY }}" } },
      { run: "true" },
    ];
    const yaml_content = generateSkillFile({ name: "restart", inputs_schema, outputs_schema: {}, commands });
    const body = pullRequestBody({ ...subject, outputs_schema: {}, yaml_content });
    expect(body).toContain(`| \` actions/checkout@${"a".repeat(40)} \` | \` v4.2.2 \` | \` execute \` |`);
    expect(body).toContain("### Secrets\n\n` DEPLOY_KEY `\n");
  });

  it("names the images that run beside them", () => {
    const yaml_content = [
      "jobs:",
      "  execute:",
      "    container: debian:13 # v13",
      "    services: { cache: { image: redis:8 } }",
      "    steps: [{ uses: docker://alpine:3 }]",
    ].join("\n");
    const body = pullRequestBody({ ...subject, yaml_content });
    expect(body.split("### Actions\n\n")[1]?.split("\n\n")[0]?.split("\n").slice(2)).toEqual([
      "| ` debian:13 ` | ` v13 ` | ` execute ` |",
      "| ` redis:8 ` |  | ` execute ` |",
      "| ` docker://alpine:3 ` |  | ` execute ` |",
    ]);
  });

  it("shows what every layer found, the gravest first", () => {
    const body = pullRequestBody({
      ...subject,
      diagnostics: [
        found({ source: "infraskill", severity: "info", rule: "unpinned-action", line: 3, message: "pin it" }),
        found({ source: "actionlint", severity: "warning", rule: "shellcheck", line: 30, message: "SC2086 | `quote`" }),
        found({ source: "github", severity: "error", rule: "workflow-syntax", line: 9, message: "no" }),
      ],
    });
    expect(body.split("### Checks\n\n")[1]?.split("\n\n")[0]?.split("\n").slice(2)).toEqual([
      "| error | github | ` workflow-syntax ` | 9 | ` no ` |",
      "| warning | actionlint | ` shellcheck ` | 30 | `` SC2086 \\| `quote` `` |",
      "| info | infraskill | ` unpinned-action ` | 3 | ` pin it ` |",
    ]);
    expect(pullRequestBody({ ...subject, diagnostics: null })).toContain("### Checks\n\nNot checked yet.");
  });

  it("lists the inputs as the file does, whatever became of the schema's order", () => {
    const { cluster, count } = inputs_schema.properties;
    const shuffled = { ...inputs_schema, properties: { count, cluster } };
    expect(pullRequestBody({ ...subject, inputs_schema: shuffled })).toBe(pullRequestBody(subject));
  });

  it("keeps every foreign word inert, wherever it stands", () => {
    const names = [
      "What changes",
      "Inputs",
      "Outputs",
      "Limit",
      "Permissions",
      "Secrets",
      "Actions",
      "Checks",
      "When this is merged",
    ];
    const headings = names.map((name) => `<h3>${name}</h3>`);
    const hostile = fc.oneof(
      fc.constantFrom(...hostileWords),
      fc
        .array(fc.constantFrom(...hostileWords, "`", "``", "\n", "\r\n", "|", "\\", " ", "~~~", "\n\n"), {
          maxLength: 8,
        })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(hostile, hostile, hostile, (a, b, c) => {
        const body = pullRequestBody({
          ...subject,
          description: a,
          category: c,
          concurrency: { limit: 1, group: b },
          file_stands: true,
          created_by: b,
          inputs_schema: { type: "object", properties: { [c]: { type: "string", description: a, default: b } } },
          outputs_schema: { type: "object", properties: { [b]: { type: "string", description: c } } },
          yaml_content: [
            "on: workflow_dispatch",
            "jobs:",
            `  ${JSON.stringify(c)}:`,
            `    permissions: { ${JSON.stringify(a)}: ${JSON.stringify(b)} }`,
            `    steps: [{ uses: ${JSON.stringify(b)} }]`,
          ].join("\n"),
          diagnostics: [found({ rule: a, message: b })],
          active: {
            ...active,
            description: c,
            category: a,
            concurrency: { limit: 2, group: c },
            inputs_schema: { type: "object", [a]: b, properties: { [c]: { type: "string", pattern: a, [b]: c } } },
            yaml_content: "jobs: {}",
          },
        });
        const html = marked.parse(body, { async: false, gfm: true });
        const outside = html.replaceAll(/<code[^>]*>[^<]*<\/code>/g, "");
        expect(outside).not.toMatch(/<(?!\/?(?:p|h3|table|thead|tbody|tr|th|td|pre)>)/);
        expect(outside).not.toMatch(/@|https?:|#\d|GH-\d|mailto|&lt;|\[\[|:tada:/);
        // No foreign text is a heading, or takes one away.
        expect(html.match(/<h3>[^<]*<\/h3>/g)).toEqual(headings);
      }),
      { numRuns: 500 },
    );
  });

  it("also describes a text that is no workflow", () => {
    expect(pullRequestBody({ ...subject, yaml_content: "- a" })).toContain("The file declares no jobs.");
  });
});
