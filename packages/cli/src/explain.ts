import { severityOf, explainRule } from "@infraskill/workflow/rule-explanation";
import { rulePages } from "@infraskill/workflow/rule-pages";

/** The page of a rule as Markdown; undefined for a name that is none. */
export function explain(id: string): string | undefined {
  const page = rulePages.find((rule) => rule.id === id);
  if (page === undefined) return undefined;
  const { title, facts, blocks } = explainRule(page);
  return `${[`# ${id}`, `${title} · ${facts}`, ...blocks].join("\n\n")}\n`;
}

/** The names of the rules that have a page, one a line with their severity. */
export const explainable = rulePages.map(({ id }) => `${id} (${severityOf(id)})`).join("\n");
