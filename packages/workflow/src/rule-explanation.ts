import type { RulePage, Sample } from "./rule-pages/rule-page.ts";
import { rules } from "./rules.ts";

/** What is told about a rule, the same in docs/rules and in the console. */
type RuleExplanation = {
  readonly title: string;
  /** Such as `error · can be fixed: in part`. */
  readonly facts: string;
  /** Markdown blocks: why, a wrong and a right excerpt for each sample, how to allow it. */
  readonly blocks: readonly string[];
};

export function explainRule(page: RulePage): RuleExplanation {
  const fixed = fixability(page.samples);
  return {
    title: titleOf(page.id),
    facts: `${severityOf(page.id)}${fixed === "" ? "" : ` · can be fixed: ${fixed}`}`,
    blocks: [
      page.why,
      ...page.samples.flatMap((sample) => sampleBlocks(page.id, sample)),
      "## How to allow it",
      ...howToAllow(page),
    ],
  };
}

/** Markdown blocks: when a finding of the rule may be allowed, by which comment, and where that stands. */
export function howToAllow({ id, allow }: RulePage): string[] {
  if (!isAllowable(id)) return [allow];
  return [
    allow,
    `\`\`\`yaml\n# infraskill: allow ${id}, and here the reason\n\`\`\``,
    "on the line of the finding or alone on the line above, in JavaScript behind `//`. The finding stays visible as a remark with the reason, and the reviewer of the pull request sees the comment. Without a reason it has no effect.",
  ];
}

export function titleOf(id: string): string {
  return rules.find((rule) => rule.id === id)?.title ?? yamlTitles[id] ?? id;
}

export function severityOf(id: string): string {
  return rules.find((rule) => rule.id === id)?.severity ?? "error";
}

export function isAllowable(id: string): boolean {
  return rules.find((rule) => rule.id === id)?.allowable === true;
}

/** How many of the samples a fix mends: `yes`, `in part`, or empty for none. */
export function fixability(samples: readonly Sample[]): string {
  const fixed = samples.filter((sample) => sample.fixed).length;
  return fixed === 0 ? "" : fixed === samples.length ? "yes" : "in part";
}

const yamlTitles: Readonly<Record<string, string>> = {
  "invisible-character": "Invisible or text-direction characters",
  "several-documents": "Several YAML documents",
  "duplicate-key": "The same key twice",
  tag: "YAML tags",
};

function sampleBlocks(id: string, { title, wrong, right, at, severity, fixed }: Sample): string[] {
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
