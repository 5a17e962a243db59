import { rulePages } from "@infraskill/workflow/rule-pages";
import type { RulePage, Sample } from "@infraskill/workflow/rule-page";
import { rules } from "@infraskill/workflow/rules";
import { page, table } from "./markdown.ts";

const source = "packages/workflow/src/rule-pages";

/** docs/rules: one page per rule, from the data that the rules are tested with. */
export function rulePagesByName(): Record<string, string> {
  const pages = rulePages.map((rule) => [`rules/${rule.id}.md`, pageOf(rule)] as const);
  return { ...Object.fromEntries(pages), "rules/README.md": index() };
}

function index(): string {
  const rows = rulePages.map(({ id, samples }) => [
    `[${id}](${id}.md)`,
    titleOf(id),
    severityOf(id),
    fixability(samples),
    isAllowable(id) ? "yes" : "",
  ]);
  return page("Rules", source, [
    "What is checked before a pull request is opened, beside GitHub's own parser and actionlint ([how they work together](../checks.md)). Errors block, warnings and remarks show.",
    table(["rule", "finds", "severity", "fix", "can be allowed"], rows),
    "The YAML layer also refuses what could hurt a parser or a reader: `too-large`, `empty`, `encoding`, `too-complex`, `too-deep`, `too-many-aliases`, `alias-cycle`, `alias-expansion`, `directive`, `complex-key`, `syntax`. `workflow-syntax` is GitHub's parser speaking, `check-failed` a check that did not finish.",
    "A fix is applied by the console, by `infraskill check --fix`, or by hand: a diagnostic that can be fixed carries its edits.",
  ]);
}

function pageOf({ id, why, allow, samples }: RulePage): string {
  const fixed = fixability(samples);
  return page(id, `${source}/${id}.ts`, [
    `**${titleOf(id)}** · ${severityOf(id)}${fixed === "" ? "" : ` · can be fixed: ${fixed}`}`,
    why,
    ...samples.flatMap((sample) => sampleSection(id, sample)),
    "## How to allow it",
    allow ?? "It cannot be allowed.",
    ...(isAllowable(id)
      ? [
          `\`\`\`yaml\n# infraskill: allow ${id}, and here the reason\n\`\`\``,
          "on the line of the finding or alone on the line above. The finding stays visible as a remark with the reason, and the reviewer of the pull request sees the comment. Without a reason it has no effect.",
        ]
      : []),
  ]);
}

function sampleSection(id: string, { title, wrong, right, at, severity, fixed }: Sample): string[] {
  const notes = [
    ...(severity === undefined || severity === severityOf(id) ? [] : [severity]),
    ...(fixed ? ["fixed by `--fix`"] : []),
  ];
  return [
    `## ${title}`,
    ...(notes.length === 0 ? [] : [`(${notes.join(", ")})`]),
    "Wrong:",
    code(wrong === "" ? "# nothing\n" : wrong),
    "Right:",
    code(right ?? at),
  ];
}

/** Invisible characters are shown by their numbers. */
function code(text: string): string {
  const visible = text.replaceAll(
    /[\u200b\u202e\u2066]/g,
    (char) => `<U+${char.codePointAt(0)!.toString(16).toUpperCase()}>`,
  );
  const lines = visible.replace(/\n$/, "").split("\n");
  const shared = Math.min(...lines.filter((line) => line !== "").map((line) => line.search(/\S/)));
  return `\`\`\`yaml\n${lines.map((line) => line.slice(shared)).join("\n")}\n\`\`\``;
}

function titleOf(id: string): string {
  return rules.find((rule) => rule.id === id)?.title ?? yamlTitles[id] ?? id;
}

const yamlTitles: Readonly<Record<string, string>> = {
  "invisible-character": "Invisible or text-direction characters",
  "several-documents": "Several YAML documents",
  "duplicate-key": "The same key twice",
  tag: "YAML tags",
};

function severityOf(id: string): string {
  return rules.find((rule) => rule.id === id)?.severity ?? "error";
}

function isAllowable(id: string): boolean {
  return rules.find((rule) => rule.id === id)?.allowable === true;
}

function fixability(samples: readonly Sample[]): string {
  const fixed = samples.filter((sample) => sample.fixed).length;
  return fixed === 0 ? "" : fixed === samples.length ? "yes" : "in part";
}
